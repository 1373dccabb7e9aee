#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# What a command does, kept in git and compared in CI.
#
#	syswall-lock.sh accept COMMAND...	record what it does now
#	syswall-lock.sh check COMMAND...	does it still do that, and no more?
#
# Exit status of "check": 0 the same, 1 different, 2 trouble. The result is
# printed, and appended to $GITHUB_STEP_SUMMARY where that is set.
set -eu

syswall=${SYSWALL:-syswall}
lock=${SYSWALL_LOCK:-syswall.lock.json}
mode=$1
shift

case $mode in
accept)
	"$syswall" -q -p observe -r "$lock" "$@"
	;;
check)
	now=$(mktemp -d)
	trap 'rm -rf "$now"' EXIT
	"$syswall" -q -p observe -r "$now/now.json" "$@" || exit 2
	status=0
	"$syswall" --compare "$lock" "$now/now.json" || status=$?
	if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
		"$syswall" --format markdown --compare "$lock" "$now/now.json" \
			>>"$GITHUB_STEP_SUMMARY" || :
	fi
	exit $status
	;;
*)
	echo "usage: $0 accept|check COMMAND..." >&2
	exit 2
	;;
esac

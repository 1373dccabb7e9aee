# SPDX-License-Identifier: LGPL-3.0-or-later
# bash completion for syswall(1)
# shellcheck shell=bash

_syswall_names() {
	syswall --list-classes 2>/dev/null | awk '{ print $1 }'
	syswall --list-syscalls 2>/dev/null |
		sed -n 's/^ *-\{0,1\}[0-9]* \([a-z0-9_]*\)(.*/\1/p'
	echo all
}

_syswall() {
	local cur=${COMP_WORDS[COMP_CWORD]}
	local previous=${COMP_WORDS[COMP_CWORD - 1]}
	local i word files=

	# The words after the program are the program's.
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $word in
		--)
			((i++))
			break
			;;
		-E | -u | --env | --user | -e | -P | -X | --trace | --trace-path | --const-print-style | \
			--string-limit | -a | -c | -o | -p | -r | -s | --ask | --config | --format | \
			--output | --profile | --report | --save | --log | \
			--on-unmatched | --summary-sort)
			((i++))
			;;
		--check | --compare | --show) files=1 ;;
		-*) ;;
		*) break ;;
		esac
	done
	# What is read there is files, not a program and its words.
	if [[ $files ]] && { ((i < COMP_CWORD)) ||
		[[ $cur != -* && $previous != --format ]]; }; then
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		compopt -o filenames
		return
	fi
	if ((i < COMP_CWORD)); then
		if declare -F _command_offset >/dev/null; then
			_command_offset "$i"
		else
			mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		fi
		return
	fi

	case $previous in
	-c | -o | -r | -s | --config | --log | --output | --report | --save)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		compopt -o filenames
		return
		;;
	-a | --ask)
		# A list with commas: complete its last name.
		local head=
		[[ $cur == *,* ]] && head=${cur%,*},
		mapfile -t COMPREPLY < <(
			compgen -P "$head" -W "$(_syswall_names)" \
				-- "${cur##*,}")
		compopt -o nospace
		return
		;;
	-P | --trace-path)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		compopt -o filenames
		return
		;;
	-e | --trace)
		mapfile -t COMPREPLY < <(
			compgen -W "trace= signal= status= status=failed
				status=successful $(_syswall_names)" -- "$cur")
		compopt -o nospace
		return
		;;
	-X | --const-print-style)
		mapfile -t COMPREPLY < <(
			compgen -W 'raw abbrev verbose' -- "$cur")
		return
		;;
	-E | --env)
		mapfile -t COMPREPLY < <(compgen -S = -v -- "$cur")
		compopt -o nospace
		return
		;;
	-u | --user)
		mapfile -t COMPREPLY < <(compgen -u -- "$cur")
		return
		;;
	--string-limit) return ;;
	-p | --profile)
		mapfile -t COMPREPLY < <(
			compgen -W "$(syswall --list-profiles 2>/dev/null |
				awk '{ print $1 }')" -- "$cur")
		return
		;;
	--format)
		mapfile -t COMPREPLY < <(compgen -W 'text json markdown html' -- "$cur")
		return
		;;
	--on-unmatched)
		mapfile -t COMPREPLY < <(
			compgen -W 'ask allow block-hard block-soft kill' \
				-- "$cur")
		return
		;;
	--summary-sort)
		mapfile -t COMPREPLY < <(
			compgen -W 'time waited calls errors name' -- "$cur")
		return
		;;
	esac

	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(
			compgen -W '-E --env -u --user -e -f -ff -n -N -P -t -tt -ttt -T -x -xx -X
				-y -yy -z -Z --absolute-timestamps --arg-names
				--const-print-style --decode-fds --failed-only
				--follow-forks --relative-timestamps
				--string-limit --strings-in-hex
				--successful-only --syscall-number
				--syscall-times --trace --trace-path
				-a -c -h -o -p -q -r -s -v -vv -V --ask
				--check --compare --config --explain --format --help --list-classes
				--learn --log --log-data --list-profiles --list-syscalls --ignore-libs --no-filter-verdicts --no-poll --no-prompt --on-unmatched
				--output --profile --pty --quiet --report --save --show --strict
				--summary --summary-sort
				--version --weaker --' -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -c -- "$cur")
	fi
}

complete -F _syswall syswall

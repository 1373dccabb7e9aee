/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Mounts old and new, quota. */
#include "case.h"

#include <linux/mount.h>
#include <linux/quota.h>

CASE(mount)
{
	sc(mount, "none", "nothing", "tmpfs", 0x1 | 0x4000, "size=1m");
	sc(mount, "a", "b", NULL, 0x1000, NULL);
	sc(mount, NULL, "b", NULL, 0x40000, "data");
	sc(mount, "a", "b", "c", 0x20 | 0x1000, NOWHERE);
	sc(mount, "a", "b", "c", 0x2000, "data");
	sc(umount2, "nothing", 2);
	sc(pivot_root, "nothing", "there");
}

CASE(mount_setattr)
{
	struct mount_attr attr = { .attr_set = MOUNT_ATTR_RDONLY |
					       MOUNT_ATTR_NOATIME,
				   .attr_clr = MOUNT_ATTR__ATIME,
				   .propagation = 0x40000,
				   .userns_fd = 5 };
	char more[40] = { 1 };

	sc(mount_setattr, -1, "nothing", AT_RECURSIVE, &attr, sizeof(attr));
	sc(mount_setattr, AT_FDCWD, "nothing", 0x1000, &attr, 31);
	sc(mount_setattr, AT_FDCWD, "nothing", 0, NOWHERE, sizeof(attr));
	memcpy(more, &attr, sizeof(attr));
	sc(mount_setattr, AT_FDCWD, "nothing", 0, more, sizeof(more));
	more[35] = 7;
	sc(mount_setattr, AT_FDCWD, "nothing", 0, more, sizeof(more));
	sc(mount_setattr, AT_FDCWD, "nothing", 0, NULL, 0);
}

CASE(fsconfig)
{
	sc(fsopen, "nothing", 1);
	sc(fsmount, -1, 1, 1);
	sc(fspick, -1, "nothing", 0);
	sc(fsconfig, -1, FSCONFIG_SET_FLAG, "ro", NULL, 0);
	sc(fsconfig, -1, FSCONFIG_SET_STRING, "key", "value", 0);
	sc(fsconfig, -1, FSCONFIG_SET_BINARY, "key", "val\0ue", 6);
	sc(fsconfig, -1, FSCONFIG_SET_PATH, "key", "path", AT_FDCWD);
	sc(fsconfig, -1, FSCONFIG_SET_PATH_EMPTY, "key", "", 3);
	sc(fsconfig, -1, FSCONFIG_SET_FD, "key", NULL, 5);
	sc(fsconfig, -1, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	sc(fsconfig, -1, FSCONFIG_CMD_RECONFIGURE, NOWHERE, NOWHERE, 1);
	sc(fsconfig, -1, 99, "key", "value", 3);
	sc(open_tree, -1, "nothing", 0x80001);
	sc(move_mount, -1, "nothing", AT_FDCWD, "there", 0x11);
}

CASE(quotactl)
{
	struct if_dqblk block = { .dqb_bhardlimit = 1, .dqb_valid = 5 };
	struct if_dqinfo info = { .dqi_bgrace = 7, .dqi_valid = 1 };
	uint32_t format;

	sc(quotactl, QCMD(Q_QUOTAON, USRQUOTA), "/dev/nothing", 2, "path");
	sc(quotactl, QCMD(Q_QUOTAOFF, GRPQUOTA), "/dev/nothing", 2, NULL);
	sc(quotactl, QCMD(Q_GETQUOTA, USRQUOTA), "/dev/nothing", 0, &block);
	sc(quotactl, QCMD(Q_SETQUOTA, 2), "/dev/nothing", 7, &block);
	sc(quotactl, QCMD(Q_SETINFO, 3), "/dev/nothing", 7, &info);
	sc(quotactl, QCMD(Q_GETINFO, 0), NULL, 7, &info);
	sc(quotactl, QCMD(Q_GETFMT, 0), NULL, 7, &format);
	sc(quotactl, QCMD(Q_SYNC, 0), NULL, 7, NULL);
	sc(quotactl, 0x12345678, NULL, 7, &format);
	sc(quotactl, QCMD(Q_SETQUOTA, 0), "/dev/nothing", 7, NOWHERE);
	sc(quotactl_fd, -1, QCMD(Q_SETQUOTA, 2), 7, &block);
	sc(quotactl_fd, -1, QCMD(Q_SYNC, 2), 7, NULL);
}

CASE(attributes)
{
	struct {
		uint64_t set, clear, propagation, fd;
	} attr = { 0x3000af, 0x10, 1 << 18, 3 };
	static const uint32_t commands[] = { 0x5801, 0x5802, 0x5803, 0x5804,
					     0x5805, 0x5806, 0x5807, 0x5808 };

	sc(mount_setattr, -1, "nowhere", 0x1100, &attr, sizeof(attr));
	sc(fsmount, -1, 1, 0x3000ff);
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		sc(quotactl, commands[i] << 8, "/nowhere", 1000, page);
		sc(quotactl, commands[i] << 8 | 1, NULL, -1, NULL);
	}
}

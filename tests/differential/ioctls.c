/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* ioctl: terminals, sockets, block devices, file systems. */
#include "case.h"

#include <asm/termbits.h>
#include <linux/blkpg.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/loop.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

CASE(terminal)
{
	struct winsize size = { 24, 80, 1, 2 };
	struct termios attributes;
	int number = 0;
	int terminal =
		(int)sc(openat, AT_FDCWD, "/dev/ptmx", O_RDWR | O_NOCTTY);

	memset(&attributes, 0, sizeof(attributes));
	sc(ioctl, terminal, TIOCGPTN, NOWHERE);
	sc(ioctl, terminal, TIOCSPTLCK, &number);
	sc(ioctl, terminal, TIOCGPTLCK, &number);
	sc(ioctl, terminal, TIOCSWINSZ, &size);
	sc(ioctl, terminal, TIOCGWINSZ, &size);
	sc(ioctl, terminal, TCGETS, &attributes);
	sc(ioctl, terminal, TCSETS, &attributes);
	sc(ioctl, terminal, TCSETSW, &attributes);
	sc(ioctl, terminal, TCSETSF, NOWHERE);
	sc(ioctl, terminal, FIONREAD, &number);
	sc(ioctl, terminal, TIOCOUTQ, &number);
	sc(ioctl, terminal, TIOCGETD, &number);
	sc(ioctl, terminal, TIOCEXCL);
	sc(ioctl, terminal, TIOCNXCL);
	sc(ioctl, terminal, TCFLSH, 0);
	sc(ioctl, terminal, TCFLSH, 9);
	sc(ioctl, terminal, TCXONC, 1);
	sc(ioctl, terminal, TIOCPKT, &number);
}

CASE(no_terminal)
{
	struct termios attributes = { .c_iflag = ICRNL | IXON,
				      .c_oflag = OPOST | ONLCR,
				      .c_cflag = B38400 | CS8 | CREAD,
				      .c_lflag = ISIG | ICANON | ECHO };
	int number = 7;
	char bytes[64] = "abc";

	sc(ioctl, -1, TCGETS, &attributes);
	sc(ioctl, -1, TCSETS, &attributes);
	sc(ioctl, -1, TCSETA, bytes);
	sc(ioctl, -1, TCGETA, bytes);
	sc(ioctl, -1, TIOCSWINSZ, NOWHERE);
	sc(ioctl, -1, TIOCGWINSZ, NULL);
	sc(ioctl, -1, TIOCSPGRP, &number);
	sc(ioctl, -1, TIOCSCTTY, 1);
	sc(ioctl, -1, TIOCNOTTY);
	sc(ioctl, -1, TIOCSTI, "x");
	sc(ioctl, -1, TCSBRK, 1);
	sc(ioctl, -1, TCSBRKP, 1);
	sc(ioctl, -1, TIOCMGET, &number);
	sc(ioctl, -1, TIOCMSET, &number);
	sc(ioctl, -1, TIOCMBIS, &number);
	sc(ioctl, -1, TIOCSETD, &number);
	sc(ioctl, -1, TIOCSBRK);
	sc(ioctl, -1, TIOCCBRK);
	sc(ioctl, -1, TIOCCONS);
	sc(ioctl, -1, TIOCLINUX, bytes);
	sc(ioctl, -1, TIOCGSID, &number);
	sc(ioctl, -1, TIOCSSOFTCAR, &number);
	sc(ioctl, -1, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	sc(ioctl, -1, TIOCGEXCL, &number);
	sc(ioctl, -1, FIOASYNC, &number);
	sc(ioctl, -1, FIONBIO, &number);
	sc(ioctl, -1, FIOCLEX);
	sc(ioctl, -1, FIOQSIZE, &number);
}

CASE(unknown)
{
	sc(ioctl, -1, _IO('v', 99), 1);
	sc(ioctl, -1, _IOR(0xfe, 3, int), page);
	sc(ioctl, -1, _IOW(0xfe, 3, int), page);
	sc(ioctl, -1, _IOWR(0xfe, 3, int), NULL);
	sc(ioctl, -1, 0xffffffff, -1);
	sc(ioctl, -1, 0, 0);
	sc(ioctl, -1, 0x1234567800005401, 5);
}

CASE(interfaces)
{
	struct ifreq request;
	struct ifconf list = { .ifc_len = sizeof(request) * 2 };
	struct ifreq found[2];
	int fd = (int)sc(socket, AF_INET, SOCK_DGRAM, 0);

	memset(&request, 0, sizeof(request));
	strcpy(request.ifr_name, "lo");
	sc(ioctl, fd, SIOCGIFINDEX, &request);
	sc(ioctl, fd, SIOCGIFFLAGS, &request);
	sc(ioctl, fd, SIOCGIFMTU, &request);
	sc(ioctl, fd, SIOCGIFADDR, &request);
	sc(ioctl, fd, SIOCGIFNETMASK, &request);
	sc(ioctl, fd, SIOCGIFBRDADDR, &request);
	sc(ioctl, fd, SIOCGIFHWADDR, &request);
	sc(ioctl, fd, SIOCGIFMETRIC, &request);
	sc(ioctl, fd, SIOCGIFTXQLEN, &request);
	sc(ioctl, fd, SIOCGIFMAP, &request);
	request.ifr_ifindex = 1;
	sc(ioctl, fd, SIOCGIFNAME, &request);
	strcpy(request.ifr_name, "nothing");
	request.ifr_flags = IFF_UP | IFF_RUNNING;
	sc(ioctl, -1, SIOCSIFFLAGS, &request);
	request.ifr_mtu = 1500;
	sc(ioctl, -1, SIOCSIFMTU, &request);
	sc(ioctl, -1, SIOCGIFFLAGS, &request);
	sc(ioctl, -1, SIOCGIFINDEX, NOWHERE);
	sc(ioctl, -1, SIOCGIFCONF, &list);
	list.ifc_buf = NULL;
	sc(ioctl, fd, SIOCGIFCONF, &list);
	list.ifc_req = found;
	list.ifc_len = sizeof(found);
	sc(ioctl, fd, SIOCGIFCONF, &list);
}

CASE(files)
{
	struct file_clone_range range = { .src_fd = -1, .src_length = 5 };
	struct fiemap map = { .fm_length = 100, .fm_flags = FIEMAP_FLAG_SYNC };
	struct fsxattr attr = { 0 };
	struct fstrim_range trim = { 0, 5, 7 };
	uint64_t big = 5, pair[2] = { 3, 4 };
	int number = 3;
	int fd = make_file("f", "text");

	sc(ioctl, fd, FS_IOC_GETFLAGS, &number);
	sc(ioctl, -1, FS_IOC_SETFLAGS, &number);
	sc(ioctl, -1, FS_IOC_FSGETXATTR, &attr);
	sc(ioctl, -1, FS_IOC_FSSETXATTR, &attr);
	sc(ioctl, -1, FS_IOC_GETVERSION, &number);
	sc(ioctl, -1, FICLONE, 5);
	sc(ioctl, -1, FICLONERANGE, &range);
	sc(ioctl, -1, FIFREEZE);
	sc(ioctl, -1, FITHAW);
	sc(ioctl, -1, FITRIM, &trim);
	sc(ioctl, -1, FS_IOC_FIEMAP, &map);
	sc(ioctl, -1, FIBMAP, &number);
	sc(ioctl, -1, FIGETBSZ, &number);
	sc(ioctl, fd, FIGETBSZ, &number);
	sc(ioctl, -1, BLKGETSIZE64, &big);
	sc(ioctl, -1, BLKGETSIZE, &big);
	sc(ioctl, -1, BLKROGET, &number);
	sc(ioctl, -1, BLKROSET, &number);
	sc(ioctl, -1, BLKRRPART);
	sc(ioctl, -1, BLKFLSBUF);
	sc(ioctl, -1, BLKRASET, 5);
	sc(ioctl, -1, BLKSSZGET, &number);
	sc(ioctl, -1, BLKPBSZGET, &number);
	sc(ioctl, -1, BLKDISCARD, pair);
	sc(ioctl, -1, BLKZEROOUT, pair);
	sc(ioctl, -1, BLKBSZSET, &number);
	sc(ioctl, -1, LOOP_SET_FD, 5);
	sc(ioctl, -1, LOOP_CLR_FD);
	sc(ioctl, -1, LOOP_CTL_GET_FREE);
	sc(ioctl, -1, LOOP_CTL_ADD, 5);
	sc(ioctl, -1, RNDGETENTCNT, &number);
	sc(ioctl, -1, FS_IOC_FIEMAP, NOWHERE);
}

/* Interfaces that are not there. */
CASE(no_interface)
{
	static const unsigned long commands[] = {
		SIOCSIFNAME,  SIOCGIFSLAVE, SIOCSIFSLAVE, SIOCGIFINDEX,
		SIOCGIFFLAGS, SIOCGIFMTU,   SIOCBRADDIF,  SIOCBRDELIF,
		SIOCGIFADDR,  SIOCGIFMAP,
	};
	int fd = (int)sc(socket, AF_INET, SOCK_DGRAM, 0);

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		memset(page, 0, 64);
		strcpy(page, "nonexistent");
		sc(ioctl, fd, commands[i], page);
		sc(ioctl, -1, commands[i], NOWHERE);
	}
	sc(ioctl, -1, BLKRASET, 0x7fff00000001);
	sc(ioctl, -1, BLKFRASET, -1L);
	sc(ioctl, -1, 0x1274, page);
	sc(ioctl, -1, 0x1275, page);
	sc(ioctl, -1, 0x1276, page);
	sc(ioctl, -1, 0x1269, page);
	sc(ioctl, -1, 0x541f, page);
	sc(ioctl, -1, 0x5457, page);
	sc(ioctl, -1, FIOQSIZE, page);
}

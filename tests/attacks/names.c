/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* names: a blocked file under other names, and by other calls. */
#include "attack.h"

#include <limits.h>
#include <linux/openat2.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

static int named(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Is it the secret, by that name? */
static int named(const char *format, ...)
{
	char path[3 * PATH_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	return can_read(path);
}

static char here[PATH_MAX];

static const char *cwd(void)
{
	return getcwd(here, sizeof(here)) ? here : "/";
}

static int worked(int yes)
{
	return yes ? WORKED : HELD;
}

static int proc_root(void)
{
	return worked(named("/proc/self/root%s/secret", cwd()) |
		      named("/proc/thread-self/root%s/secret", cwd()) |
		      named("/proc/%d/task/%d/root%s/secret", getpid(),
			    getpid(), cwd()));
}

static int proc_cwd(void)
{
	return worked(named("/proc/self/cwd/secret") |
		      named("/proc/thread-self/cwd/secret") |
		      named("/proc/%d/cwd/secret", getpid()));
}

static int other_root(void)
{
	pid_t pid = fork();
	int yes;

	if (!pid) {
		pause();
		_exit(0);
	}
	yes = named("/proc/%d/root%s/secret", pid, cwd()) |
	      named("/proc/%d/cwd/secret", pid);
	kill(pid, 9);
	waitpid(pid, NULL, 0);
	return worked(yes);
}

static int dev_fd(void)
{
	int dir = open("sdir", O_PATH | O_DIRECTORY);

	return worked(named("/dev/fd/%d/f", dir) |
		      named("/dev/fd/%d/../secret", dir) |
		      named("/proc/self/fd/%d/../secret", dir));
}

/* A descriptor that only names the file, opened in earnest. */
static int reopened(void)
{
	int fd = open(SECRET, O_PATH);
	int yes = named("/proc/self/fd/%d", fd) | named("/dev/fd/%d", fd) |
		  named("/proc/thread-self/fd/%d", fd) |
		  named("/proc/%d/fd/%d", getppid() ? getpid() : 0, fd);

	return worked(yes || is_secret_fd((int)sc(SYS_openat2, fd, "",
						  &(struct open_how){ 0 },
						  sizeof(struct open_how))));
}

static int lexical(void)
{
	const char *dir = cwd();
	int yes = named("okdir/../secret") | named(".//secret") |
		  named("././secret") | named("%s/okdir/../secret", dir) |
		  named("//%s//./secret", dir) |
		  named("okdir/../okdir/.././sdir/f") |
		  named("/proc/../%s/secret", dir) |
		  named("/../../..%s/secret", dir);

	return worked(yes);
}

static int trailing(void)
{
	/* A slash at the end: a directory is wanted. */
	return worked(named("secret/") | named("secret/.") |
		      named("secret/..//secret") | named("sdir/f"));
}

static int long_names(void)
{
	char slashes[PATH_MAX + 8];
	size_t room = PATH_MAX - 1 - strlen(SECRET);

	memset(slashes, '/', sizeof(slashes));
	slashes[0] = '.';
	strcpy(slashes + room, SECRET);
	if (can_read(slashes))
		return WORKED;
	slashes[room] = '/';
	strcpy(slashes + room + 1, SECRET); /* too long */
	return worked(can_read(slashes));
}

static int link_chain(int count)
{
	char from[32], to[32];

	for (int i = 0; i < count; i++) {
		snprintf(from, sizeof(from), "l%d", i);
		snprintf(to, sizeof(to), "l%d", i + 1);
		if (symlink(i + 1 == count ? SECRET : to, from))
			return cannot("symlink");
	}
	return worked(can_read("l0"));
}

static int short_chain(void)
{
	return link_chain(3);
}

static int longest_chain(void)
{
	return link_chain(40);
}

static int link_to_it(void)
{
	char to[PATH_MAX + 16];

	snprintf(to, sizeof(to), "%s/secret", cwd());
	if (symlink(to, "okdir/x") || symlink("../sdir", "okdir/d"))
		return cannot("symlink");
	return worked(named("okdir/x") | named("okdir/d/f") |
		      named("okdir/d/../secret"));
}

static int link_over_proc(void)
{
	if (symlink("/proc/self/cwd/secret", "okdir/x"))
		return cannot("symlink");
	return worked(named("okdir/x"));
}

static int hard_link(void)
{
	if (link(SECRET, "okdir/x"))
		return HELD;
	return worked(named("okdir/x"));
}

static int hard_link_by_fd(void)
{
	char path[64];
	int fd = open(SECRET, O_PATH);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (sc(SYS_linkat, AT_FDCWD, path, AT_FDCWD, "okdir/x",
	       AT_SYMLINK_FOLLOW) &&
	    sc(SYS_linkat, fd, "", AT_FDCWD, "okdir/x", AT_EMPTY_PATH))
		return HELD;
	return worked(named("okdir/x"));
}

static int renamed(void)
{
	if (rename(SECRET, "okdir/x"))
		return HELD;
	return worked(named("okdir/x"));
}

static int renamed_directory(void)
{
	if (rename("sdir", "x"))
		return HELD;
	return worked(named("x/f"));
}

static int exchanged(void)
{
	if (sc(SYS_renameat2, AT_FDCWD, SECRET, AT_FDCWD, OK, 2))
		return HELD;
	return worked(named(OK));
}

/* The directories above are older than the rule's name for them. */
static int directory_descriptor(void)
{
	int dir = open("sdir", O_PATH);

	if (rename("sdir", "okdir/moved"))
		return HELD;
	return worked(is_secret_fd(openat(dir, "f", O_RDONLY)));
}

static int in_chroot(void)
{
	if (geteuid() && unshare(CLONE_NEWUSER))
		return cannot("unshare");
	if (chroot("sdir"))
		return HELD;
	return worked(named("/f") | named("/../f") | named("f"));
}

static int in_mount(const char *from, const char *to)
{
	if (unshare((geteuid() ? CLONE_NEWUSER : 0) | CLONE_NEWNS))
		return tracer_pid() > 0 ? HELD : cannot("unshare");
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	return mount(from, to, NULL, MS_BIND, NULL);
}

static int bind_mount(void)
{
	int result = in_mount("sdir", "okdir");

	if (result)
		return tracer_pid() <= 0 ? cannot("mount") : HELD;
	return worked(named("okdir/f"));
}

static int bind_tree(void)
{
	long tree;

	if (unshare((geteuid() ? CLONE_NEWUSER : 0) | CLONE_NEWNS))
		return tracer_pid() > 0 ? HELD : cannot("unshare");
	tree = sc(428, AT_FDCWD, "sdir", 1 /* OPEN_TREE_CLONE */);
	if (tree < 0)
		return cannot("open_tree");
	return worked(is_secret_fd((int)sc(SYS_openat, (int)tree, "f", 0)));
}

static int by_handle(void)
{
	struct {
		struct file_handle head;
		char room[128];
	} handle = { .head.handle_bytes = 128 };
	int mount, fd;

	if (geteuid())
		return cannot("handles are for root");
	if (name_to_handle_at(AT_FDCWD, SECRET, &handle.head, &mount, 0))
		return cannot("name_to_handle_at");
	fd = open_by_handle_at(open(".", O_RDONLY), &handle.head, O_RDONLY);
	if (fd < 0 && tracer_pid() <= 0)
		return cannot("open_by_handle_at");
	return worked(is_secret_fd(fd));
}

static int how(unsigned long long flags, unsigned long long resolve)
{
	struct open_how how = { .flags = flags, .resolve = resolve };

	return is_secret_fd(
		(int)sc(SYS_openat2, AT_FDCWD, SECRET, &how, sizeof(how)));
}

static int by_openat2(void)
{
	int dir = open("sdir", O_PATH);
	struct open_how root = { .resolve = RESOLVE_IN_ROOT };

	return worked(how(O_RDONLY, 0) | how(O_RDONLY, RESOLVE_BENEATH) |
		      how(O_RDONLY, RESOLVE_IN_ROOT) |
		      how(O_RDONLY, RESOLVE_NO_SYMLINKS) |
		      how(O_RDONLY | O_NOFOLLOW, RESOLVE_NO_MAGICLINKS) |
		      is_secret_fd((int)sc(SYS_openat2, dir, "/../../f", &root,
					   sizeof(root))));
}

/* A structure that is longer than what anybody knows: zeros are fine. */
static int long_how(void)
{
	struct {
		struct open_how how;
		char rest[200];
	} how = { .how = { .flags = O_RDONLY } };

	return worked(is_secret_fd(
		(int)sc(SYS_openat2, AT_FDCWD, SECRET, &how, sizeof(how))));
}

static int all_opens(void)
{
	return worked(
		is_secret_fd((int)sc(SYS_open, SECRET, O_RDONLY)) |
		is_secret_fd(
			(int)sc(SYS_open, SECRET, O_RDONLY | O_CREAT, 0600)) |
		is_secret_fd((int)sc(SYS_open, SECRET, O_RDONLY | O_NOATIME)) |
		is_secret_fd((int)sc(SYS_open, SECRET, O_RDWR)));
}

ATTACKS({ "proc-root", proc_root }, { "proc-cwd", proc_cwd },
	{ "other-root", other_root }, { "dev-fd", dev_fd },
	{ "reopened", reopened }, { "lexical", lexical },
	{ "trailing", trailing }, { "long-names", long_names },
	{ "short-chain", short_chain }, { "longest-chain", longest_chain },
	{ "link-to-it", link_to_it }, { "link-over-proc", link_over_proc },
	{ "hard-link", hard_link }, { "hard-link-by-fd", hard_link_by_fd },
	{ "renamed", renamed }, { "renamed-directory", renamed_directory },
	{ "exchanged", exchanged },
	{ "directory-descriptor", directory_descriptor },
	{ "in-chroot", in_chroot }, { "bind-mount", bind_mount },
	{ "bind-tree", bind_tree }, { "by-handle", by_handle },
	{ "openat2", by_openat2 }, { "long-how", long_how },
	{ "all-opens", all_opens })

/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* execs: run the program "blocked" all the same (it exits 42), or read the
 * secret after an execution that went wrong. */
#include "attack.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>

extern char **environ;

static char *argv_of_blocked[] = { "blocked", NULL };

static int after(void)
{
	return HELD;
}

static int plain(void)
{
	execv("blocked", argv_of_blocked);
	return after();
}

static int by_execveat(void)
{
	sc(SYS_execveat, AT_FDCWD, "./blocked", argv_of_blocked, environ, 0);
	sc(SYS_execveat, open(".", O_PATH) | 0x500000000, "blocked",
	   argv_of_blocked, environ, 0x500000000);
	return after();
}

/* The descriptor itself is the program. */
static int by_descriptor(void)
{
	int fd = open("blocked", O_PATH);

	sc(SYS_execveat, fd, "", argv_of_blocked, environ, AT_EMPTY_PATH);
	fd = open("blocked", O_RDONLY);
	sc(SYS_execveat, fd, "", argv_of_blocked, environ, AT_EMPTY_PATH);
	return after();
}

static int by_proc(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d",
		 open("blocked", O_PATH));
	execv(path, argv_of_blocked);
	snprintf(path, sizeof(path), "/dev/fd/%d", open("blocked", O_RDONLY));
	execv(path, argv_of_blocked);
	execv("/proc/self/cwd/blocked", argv_of_blocked);
	return after();
}

static int by_link(void)
{
	if (symlink("blocked", "link"))
		return cannot("symlink");
	execv("link", argv_of_blocked);
	return after();
}

static int by_hard_link(void)
{
	if (link("blocked", "other"))
		return HELD;
	execv("other", argv_of_blocked);
	return after();
}

/* In a child: it is killed once it is known what runs. */
static int by_interpreter(void)
{
	char here[4096], line[4200];
	int status;
	pid_t child;
	int fd = open("script", O_WRONLY | O_CREAT, 0700);
	int len = snprintf(line, sizeof(line), "#!%s/blocked\n",
			   getcwd(here, sizeof(here)) ? here : "");

	if (len > 250 || write(fd, line, (size_t)len) != len || close(fd))
		return cannot("script");
	child = fork();
	if (child == 0) {
		execl("./script", "script", (char *)NULL);
		_exit(after());
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return cannot("fork");
	return WIFEXITED(status) ? WEXITSTATUS(status) : HELD;
}

/* The loader runs what it may read. */
static int by_loader(void)
{
	execl("/lib64/ld-linux-x86-64.so.2", "ld", "./blocked", (char *)NULL);
	return after();
}

static int copied(int to)
{
	int from = open("blocked", O_RDONLY);
	struct stat stat;

	if (from < 0 || fstat(from, &stat) ||
	    sc(SYS_sendfile, to, from, NULL, stat.st_size) != stat.st_size)
		return 0;
	return 1;
}

/* Code that has no path. */
static int by_memory(void)
{
	int fd = memfd_create("harmless", 0);

	if (!copied(fd))
		return HELD;
	sc(SYS_execveat, fd, "", argv_of_blocked, environ, AT_EMPTY_PATH);
	return after();
}

static int by_copy(void)
{
	int fd = open("copy", O_WRONLY | O_CREAT, 0700);

	if (!copied(fd))
		return HELD;
	close(fd);
	execv("./copy", argv_of_blocked);
	return after();
}

/* A stack of a program: its memory image, mapped by hand. */
static int by_mapping(void)
{
	static const unsigned char exit_42[] = { 0xbf, 42, 0, 0, 0,    0xb8,
						 231,  0,  0, 0, 0x0f, 5 };
	int fd = memfd_create("code", 0);
	void (*code)(void);

	if (write(fd, exit_42, sizeof(exit_42)) != sizeof(exit_42))
		return cannot("memfd");
	code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
	if ((void *)code == MAP_FAILED)
		return HELD;
	code();
	return HELD;
}

/* ---- executions that fail must leave everything as it was ---- */

static int failed(void)
{
	static char big[3 << 20];
	char *much[] = { "x", big, NULL };
	int fd = open("junk", O_WRONLY | O_CREAT, 0700);

	memset(big, 'x', sizeof(big) - 1);
	if (write(fd, "\177ELF junk", 9) != 9 || close(fd))
		return cannot("file");
	execv("./nowhere", argv_of_blocked);
	execv("./okdir", argv_of_blocked);
	execv("./junk", argv_of_blocked);
	execv("/bin/true", much);
	sc(SYS_execve, "/bin/true", (char **)1, NULL);
	sc(SYS_execveat, -1, "", NULL, NULL, AT_EMPTY_PATH);
	return read_it();
}

/* An environment for the next program, and for a syswall in it. */
static int environment(void)
{
	execle("/bin/cat", "cat", SECRET, (char *)NULL,
	       (char *[]){ "LD_PRELOAD=./nothing.so", "LD_AUDIT=./nothing.so",
			   "GCONV_PATH=.", "SYSWALL_RULES=/dev/null",
			   "XDG_CONFIG_HOME=.", NULL });
	return after();
}

/* cat is what reads. */
static int cat_status(int (*run)(void))
{
	pid_t pid = fork();

	if (!pid) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, 1);
		dup2(null, 2);
		_exit(run());
	}
	return status_of(pid) ? HELD : WORKED;
}

static int environment_status(void)
{
	return cat_status(environment);
}

/* set-user-ID programs gain nothing for an ordinary user. */
static int setuid_gain(void)
{
	if (geteuid() == 0)
		return cannot("root has nothing to gain");
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
		return HELD;
	return WORKED;
}

/* ---- blinding (I) ---- */

static int undumpable(void)
{
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
		return cannot("prctl");
	return read_it();
}

static int undumpable_thread(void)
{
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (vfork() == 0)
		_exit(can_read(SECRET) ? WORKED : HELD);
	return read_it();
}

/* A path just before memory that nobody may read. */
static int edge(void)
{
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *path = pages + 4096 - sizeof(SECRET);

	memcpy(path, SECRET, sizeof(SECRET));
	mprotect(pages + 4096, 4096, PROT_NONE);
	return can_read(path) ? WORKED : HELD;
}

/* Memory that the tracer cannot read with ordinary means, if there is any. */
static int secret_memory(void)
{
	int fd = (int)sc(447, 0);
	char *page;

	if (fd < 0 || ftruncate(fd, 4096))
		return cannot("memfd_secret");
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		return cannot("mmap");
	strcpy(page, SECRET);
	return can_read(page) ? WORKED : HELD;
}

static int execute_only(void)
{
	int key = (int)sc(330, 0, 0);
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	strcpy(page, SECRET);
	if (key < 0) {
		/* Without keys: a page of a file, read-only, shared. */
		mprotect(page, 4096, PROT_READ);
		return can_read(page) ? WORKED : HELD;
	}
	/* The kernel reads it by the same key as we do. */
	sc(329, page, 4096, PROT_READ, key);
	return can_read(page) ? WORKED : HELD;
}

static int bad_pointers(void)
{
	static const unsigned long bad[] = { 0,
					     1,
					     0xffffffff81000000,
					     0x8000000000000000,
					     0x7ffffffffffff000,
					     (unsigned long)-1 };
	int opened = 0;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		opened |= sc(SYS_openat, AT_FDCWD, bad[i], O_RDONLY) >= 0;
		opened |= sc(SYS_openat, AT_FDCWD, bad[i], O_WRONLY | O_CREAT,
			     0600) >= 0;
		opened |= sc(437, AT_FDCWD, SECRET, bad[i], 24) >= 0;
		opened |= sc(SYS_execve, bad[i], bad[i], bad[i]) >= 0;
		opened |= sc(SYS_connect, 1, bad[i], 16) >= 0;
		opened |= sc(SYS_sendmsg, 1, bad[i], 0) >= 0;
	}
	return opened ? WORKED : read_it();
}

/* An executable of that name: /proc/self/exe of the past. */
static int lies(void)
{
	prctl(PR_SET_NAME, "\33]0;syswall\7", 0, 0, 0);
	prctl(PR_SET_MM, 13 /* PR_SET_MM_EXE_FILE */, open("/bin/true", 0), 0,
	      0);
	return read_it();
}

ATTACKS({ "plain", plain }, { "execveat", by_execveat },
	{ "descriptor", by_descriptor }, { "proc", by_proc },
	{ "link", by_link }, { "hard-link", by_hard_link },
	{ "interpreter", by_interpreter }, { "loader", by_loader },
	{ "memory", by_memory }, { "copy", by_copy }, { "mapping", by_mapping },
	{ "failed", failed }, { "environment", environment_status },
	{ "setuid-gain", setuid_gain }, { "undumpable", undumpable },
	{ "undumpable-child", undumpable_thread }, { "edge", edge },
	{ "secret-memory", secret_memory }, { "execute-only", execute_only },
	{ "bad-pointers", bad_pointers }, { "lies", lies })

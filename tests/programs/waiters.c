/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* waiters PATH: threads wait in calls that answer EINTR when they are broken
 * off, while the main thread opens PATH three times; says what they got. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <unistd.h>

static int event_fd, queue, semaphore;

static long wait_epoll(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	int fd = epoll_create1(0);

	epoll_ctl(fd, EPOLL_CTL_ADD, event_fd, &event);
	return epoll_wait(fd, &event, 1, -1);
}

static long wait_poll(void)
{
	struct pollfd event = { event_fd, POLLIN, 0 };

	return poll(&event, 1, -1);
}

static long wait_message(void)
{
	struct {
		long type;
		char text[1];
	} message;

	return msgrcv(queue, &message, 1, 0, 0);
}

static long wait_semaphore(void)
{
	struct sembuf down = { 0, -1, 0 };

	return semop(semaphore, &down, 1);
}

static long wait_signal(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	return sigwaitinfo(&set, NULL) == SIGUSR1 ? 0 : -1;
}

static const struct {
	const char *name;
	long (*wait)(void);
} waiters[] = {
	{ "epoll_wait", wait_epoll },	{ "poll", wait_poll },
	{ "msgrcv", wait_message },	{ "semop", wait_semaphore },
	{ "sigwaitinfo", wait_signal },
};

enum { COUNT = sizeof(waiters) / sizeof(waiters[0]) };
static char results[COUNT][80];

static void *run(void *index)
{
	long i = (long)index, result;

	errno = 0;
	result = waiters[i].wait();
	snprintf(results[i], sizeof(results[i]), "%s %ld %s", waiters[i].name,
		 result, strerror(errno));
	return NULL;
}

int main(int argc, char *argv[])
{
	struct {
		long type;
		char text[1];
	} message = { 1, "x" };
	struct sembuf up = { 0, 1, 0 };
	pthread_t threads[COUNT];
	sigset_t set;

	if (argc != 2)
		return 99;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	event_fd = eventfd(0, 0);
	queue = msgget(IPC_PRIVATE, 0600);
	semaphore = semget(IPC_PRIVATE, 1, 0600);
	for (long i = 0; i < COUNT; i++)
		pthread_create(&threads[i], NULL, run, (void *)i);
	for (int i = 0; i < 3; i++) {
		usleep(50000);
		close(open(argv[1], O_RDONLY));
	}
	usleep(50000);
	eventfd_write(event_fd, 1);
	msgsnd(queue, &message, 0, 0);
	semop(semaphore, &up, 1);
	kill(getpid(), SIGUSR1);
	for (int i = 0; i < COUNT; i++) {
		pthread_join(threads[i], NULL);
		puts(results[i]);
	}
	msgctl(queue, IPC_RMID, NULL);
	semctl(semaphore, 0, IPC_RMID);
	return 0;
}

/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* System V and POSIX: messages, semaphores, shared memory. */
#include "case.h"

#include <mqueue.h>
#include <sched.h>
#include <time.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

/* Ids that do not depend on what the machine did before. */
static void be_alone(void)
{
	sc(unshare, CLONE_NEWIPC);
}

CASE(msg)
{
	struct {
		long type;
		char text[64];
	} message = { 7, "hello" };
	struct msqid_ds status;
	int id;

	be_alone();
	id = (int)sc(msgget, IPC_PRIVATE, 0600);
	memset(&status, 0, sizeof(status));
	sc(msgsnd, id, &message, 5, IPC_NOWAIT);
	sc(msgsnd, id, NOWHERE, 5, 0);
	sc(msgsnd, -1, &message, 64, 0x1000);
	sc(msgrcv, id, &message, 64, 0, IPC_NOWAIT | MSG_NOERROR);
	sc(msgrcv, id, &message, 64, -5, IPC_NOWAIT | MSG_EXCEPT);
	sc(msgrcv, id, &message, 64, 0, IPC_NOWAIT | 0x8000);
	status.msg_perm.mode = 0640;
	status.msg_qbytes = 100;
	sc(msgctl, id, IPC_SET, &status);
	sc(msgctl, id, IPC_SET, NOWHERE);
	sc(msgctl, id, 77, &status);
	sc(msgctl, -1, IPC_STAT, &status);
	sc(msgctl, id, IPC_STAT, NOWHERE);
	sc(msgctl, id, IPC_RMID, NULL);
	sc(msgctl, id, IPC_RMID | 0x100, NULL);
}

CASE(sem)
{
	struct sembuf ops[3] = { { 0, 1, IPC_NOWAIT },
				 { 1, -1, SEM_UNDO | 0x1 },
				 { 0xffff, 0, 0 } };
	struct timespec time = { 0, 1 };
	unsigned short values[2] = { 3, 4 };
	int id;

	be_alone();
	id = (int)sc(semget, IPC_PRIVATE, 2, 0600);
	sc(semop, id, ops, 1);
	sc(semop, id, ops, 3);
	sc(semop, id, NOWHERE, 1);
	sc(semop, id, NULL, 0);
	sc(semop, -1, at_edge(ops, 12), 3);
	sc(semtimedop, id, ops, 1, &time);
	sc(semtimedop, -1, ops, 1, NULL);
	sc(semctl, id, 0, SETVAL, 7);
	sc(semctl, id, 0, GETVAL);
	sc(semctl, id, 0, GETPID);
	sc(semctl, id, 0, SETALL, values);
	sc(semctl, id, 0, GETALL, values);
	sc(semctl, id, 0, IPC_STAT, NOWHERE);
	sc(semctl, -1, 0, IPC_SET, values);
	sc(semctl, -1, 0, SEM_INFO, values);
	sc(semctl, -1, 0, 99, values);
	sc(semctl, id, 0, IPC_RMID, 0);
}

CASE(shm)
{
	struct shmid_ds status;
	void *at;
	int id;

	be_alone();
	id = (int)sc(shmget, IPC_PRIVATE, 4096, IPC_CREAT | 0600);
	memset(&status, 0, sizeof(status));
	at = (void *)sc(shmat, id, NULL, SHM_RDONLY);
	sc(shmdt, at);
	sc(shmat, -1, NOWHERE, SHM_RND | SHM_REMAP | 0x100);
	status.shm_perm.mode = 0640;
	sc(shmctl, id, IPC_SET, &status);
	sc(shmctl, id, SHM_LOCK, NULL);
	sc(shmctl, id, IPC_STAT, NOWHERE);
	sc(shmctl, id, 99, NOWHERE);
	sc(shmctl, id, IPC_RMID, NULL);
}

CASE(ipc_info)
{
	struct msginfo messages;
	struct seminfo semaphores;
	struct shminfo shared;

	be_alone();
	sc(msgctl, 0, IPC_INFO, &messages);
	sc(semctl, 0, 0, IPC_INFO, &semaphores);
	sc(shmctl, 0, IPC_INFO, &shared);
	sc(msgctl, 0, IPC_INFO, NOWHERE);
}

CASE(mq)
{
	struct mq_attr attr = { .mq_maxmsg = 3, .mq_msgsize = 16 };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
				  .sigev_signo = SIGUSR1 };
	struct timespec time = { 0, 0 };
	unsigned int priority;
	char text[16];
	int queue;

	be_alone();
	queue = (int)sc(mq_open, "syswall-test", O_RDWR | O_CREAT | O_NONBLOCK,
			0600, &attr);

	sc(mq_open, "nothing-here", O_RDONLY, 0, NULL);
	sc(mq_open, "nothing-here", O_RDONLY | O_CREAT, 0, NOWHERE);
	attr.mq_flags = O_NONBLOCK;
	sc(mq_getsetattr, queue, &attr, &attr);
	sc(mq_getsetattr, queue, NULL, &attr);
	sc(mq_getsetattr, -1, NOWHERE, &attr);
	sc(mq_timedsend, queue, "hello", 5, 4, NULL);
	sc(mq_timedreceive, queue, text, 16, &priority, &time);
	sc(mq_timedreceive, queue, text, 16, &priority, &time);
	sc(mq_timedreceive, queue, text, 16, NULL, NOWHERE);
	event.sigev_value.sival_ptr = (void *)0x1234;
	sc(mq_notify, queue, &event);
	sc(mq_notify, queue, NULL);
	event.sigev_notify = SIGEV_THREAD;
	sc(mq_notify, -1, &event);
	sc(mq_notify, -1, NOWHERE);
	sc(mq_unlink, "syswall-test");
}

CASE(timer_create)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID,
				  .sigev_signo = SIGUSR1 };
	int timer;

	event._sigev_un._tid = 1;
	sc(timer_create, CLOCK_MONOTONIC, NULL, &timer);
	sc(timer_create, CLOCK_MONOTONIC, &event, &timer);
	event.sigev_notify = SIGEV_NONE;
	sc(timer_create, CLOCK_MONOTONIC, &event, &timer);
	event.sigev_notify = 77;
	event.sigev_signo = 0;
	sc(timer_create, CLOCK_MONOTONIC, &event, &timer);
	sc(timer_create, 99, NOWHERE, NOWHERE);
}

/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What the filter lets pass or refuses is what the rules would have said: of
 * random rules and random calls, and after random answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>

#include "arch/arch.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "trace/guard.h"
#include "trace/sieve_filter.h"
#include "rules_text.h"

#define PICK(list) (list)[(size_t)random() % (sizeof(list) / sizeof(*(list)))]

/* ---- what the kernel does with a program ---- */

static uint32_t load(const struct seccomp_data *data, uint32_t at)
{
	uint32_t word;

	assert_true(at + sizeof(word) <= sizeof(*data) && at % 4 == 0);
	memcpy(&word, (const char *)data + at, sizeof(word));
	return word;
}

static uint32_t run(const struct sock_fprog *program,
		    const struct seccomp_data *data)
{
	uint32_t value = 0;

	for (size_t at = 0; at < program->len; at++) {
		const struct sock_filter *line = &program->filter[at];

		switch (line->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			value = load(data, line->k);
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			value &= line->k;
			break;
		case BPF_JMP | BPF_JA:
			at += line->k;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			at += value == line->k ? line->jt : line->jf;
			break;
		case BPF_RET | BPF_K:
			return line->k;
		default:
			fail_msg("code %x", line->code);
		}
	}
	fail_msg("the program ends nowhere");
	return 0;
}

/* ---- random calls ---- */

/* A memory in which some can be read, and all of it looks the same. */
static unsigned char memory_byte;
static size_t readable;

static size_t read_memory(void *owner, uint64_t addr, void *out, size_t len)
{
	(void)owner;
	if (!addr || !readable)
		return 0;
	if (len > readable)
		len = readable;
	memset(out, 0, len);
	if (len && memory_byte)
		memset(out, memory_byte, len - 1);
	return len;
}

static const enum syscall_id favourites[] = {
	SYSCALL_openat,	 SYSCALL_open,	 SYSCALL_socket,      SYSCALL_ioctl,
	SYSCALL_fcntl,	 SYSCALL_prctl,	 SYSCALL_clone,	      SYSCALL_sendto,
	SYSCALL_sendmsg, SYSCALL_mmap,	 SYSCALL_setpriority, SYSCALL_kill,
	SYSCALL_openat2, SYSCALL_getsid, SYSCALL_prlimit64,   SYSCALL_rename,
	SYSCALL_connect, SYSCALL_chmod,	 SYSCALL_ioprio_set,  SYSCALL_exit,
};

static uint64_t random_register(void)
{
	static const uint64_t values[] = {
		0,	1,	    2,		3,	    8,
		10,	15,	    16,		17,	    0100,
		01101,	01000,	    010000000,	020200000,  0x20000000,
		0x5401, 0x8901,	    0x89ff,	0x5412,	    0x40086602,
		0x4b33, 0x40049409, 0x10011,	0x7e020000, 0x80011,
		35,	47,	    0x59616d61, 0x53564d41, UINT32_MAX,
		0x4c05, 0x1234fd12, 0x4000fd00, 0x80000001, 0x80002,
	};
	uint64_t value = PICK(values);

	if (random() % 4 == 0)
		value ^= UINT64_C(1) << (random() % 64);
	if (random() % 6 == 0)
		value |= (uint64_t)random() << 32;
	return value;
}

struct sample {
	struct call call;
	struct seccomp_data data;
};

static void make_sample(struct sample *sample)
{
	const struct mem_reader mem = { .read = read_memory };
	enum syscall_id id =
		random() % 3 ? PICK(favourites) : random() % SYSCALL_COUNT;
	uint64_t args[SYSCALL_ARGS_MAX];

	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		args[i] = random_register();
	readable = random() % 3 ? 4096 : (size_t)random() % 40;
	memory_byte = random() % 3 ? 'a' : 0;
	sample->data = (struct seccomp_data){
		.nr = arch_syscall_number(id),
		.arch = arch_native.audit_arch,
	};
	memcpy(sample->data.args, args, sizeof(args));
	call_decode(&sample->call, syscall_def(id), sample->data.nr, args,
		    &mem);
	for (size_t i = 0; i < sample->call.n_targets; i++) {
		struct target *target = &sample->call.targets[i];

		if (target->asked && !target->resolved && random() % 4)
			target->resolved = strdup("/a/a");
	}
}

/* ---- random rules ---- */

static void random_rule(struct buf *out)
{
	static const char *const actions[] = {
		"\"allow\"",	  "\"allow\"",
		"\"block-hard\"", "\"block-hard\",\"errno\":\"EIO\"",
		"\"block-hard\"", "\"ask\"",
		"\"kill\"",	  "\"block-soft\"",
	};
	static const char *const names[] = {
		"",
		",\"class\":\"file-read\"",
		",\"class\":[\"file-write\",\"file-create\"]",
		",\"class\":\"file-delete\"",
		",\"class\":[\"tty\",\"io\"]",
		",\"class\":\"process\"",
		",\"class\":\"self\"",
		",\"class\":[\"system\",\"signal\"]",
		",\"class\":\"net-connect\"",
		",\"class\":\"file-attr\"",
		",\"syscall\":[\"open\",\"openat\"]",
		",\"syscall\":\"openat\",\"class\":\"file-write\"",
		",\"syscall\":\"openat\",\"args\":{\"flags\":{\"has\":"
		"[\"O_CREAT\"]}}",
		",\"syscall\":[\"openat\",\"open\"],\"args\":{\"flags\":"
		"\"O_RDWR\"}",
		",\"syscall\":\"openat\",\"args\":{\"pathname\":\"a*\"}",
		",\"syscall\":\"openat\",\"args\":{\"dirfd\":-1}",
		",\"syscall\":\"socket\"",
		",\"syscall\":\"socket\",\"args\":{\"domain\":\"AF_UNIX\"}",
		",\"syscall\":\"socket\",\"args\":{\"domain\":[2,10],"
		"\"type\":\"SOCK_STREAM\"}",
		",\"syscall\":\"ioctl\",\"args\":{\"op\":\"TCGETS\"}",
		",\"syscall\":\"ioctl\"",
		",\"syscall\":\"fcntl\",\"args\":{\"op\":[1,2,8]}",
		",\"syscall\":\"prctl\",\"args\":{\"op\":[15,35]}",
		",\"syscall\":\"clone\",\"args\":{\"flags\":{\"has\":"
		"[\"CLONE_THREAD\"]}}",
		",\"syscall\":\"mmap\",\"args\":{\"prot\":{\"has\":"
		"[\"PROT_WRITE\"]}}",
		",\"syscall\":\"sendto\",\"args\":{\"flags\":0}",
		",\"syscall\":[\"kill\",\"getsid\"]",
		",\"syscall\":\"chmod\",\"args\":{\"mode\":[8,3]}",
		",\"syscall\":\"exit\"",
	};
	static const char *const others[] = {
		"",
		"",
		"",
		"",
		",\"path\":\"/a/**\"",
		",\"port\":80",
		",\"program\":\"/bin/x\"",
	};

	buf_printf(out, "{\"action\":%s%s%s}", PICK(actions), PICK(names),
		   PICK(others));
}

static struct policy *random_policy(void)
{
	static const char *const defaults[] = { "ask", "allow", "block-hard",
						"kill" };
	struct policy *policy = policy_new();
	int rules = (int)(random() % 7);

	for (int i = 0; i <= rules; i++) {
		struct err err;
		BUF_AUTO(file);

		buf_printf(&file,
			   "{\"version\":1,\"default\":\"%s\","
			   "\"rules\":[",
			   PICK(defaults));
		random_rule(&file);
		buf_str(&file, "]}");
		if (policy_load_text(policy, "r", buf_text(&file), file.len,
				     &err))
			continue;
		/* Soft where there is no soft, a path of what has none. */
		policy_free(policy);
		policy = policy_new();
	}
	if (random() % 6 == 0)
		policy_set_ask(policy, "io,getsid", NULL);
	if (random() % 2)
		policy_set_no_prompt(policy);
	return policy;
}

/* ---- the property ---- */

static void check(const struct policy *policy, const struct sample *sample,
		  const struct sieve *sieve, const struct sock_fprog *program,
		  unsigned int counts[3])
{
	const struct call *call = &sample->call;
	struct subject subject = { .exe = random() % 2 ? "/bin/x" : "/bin/y" };
	struct decision decision;
	int end = sieve_find(sieve, call->def->id, call->raw);
	int native = sieve->start[call->def->id];

	policy_decide(policy, call, &subject, &decision);
	if (sieve_filter_speaks_of(sieve, call->def->id)) {
		uint32_t answer = run(program, &sample->data);

		native = answer == SECCOMP_RET_ALLOW ?
				 SIEVE_ALLOW :
			 answer == SECCOMP_RET_TRACE ?
				 SIEVE_SHOW :
				 sieve_fail((int)(answer & 0xffff));
	} else if (program->len && sample->data.nr >= 0) {
		assert_int_equal(run(program, &sample->data),
				 SECCOMP_RET_ALLOW);
	}
	if (sample->data.nr >= 0)
		assert_int_equal(native, end);
	counts[end == SIEVE_SHOW ? 0 : end == SIEVE_ALLOW ? 1 : 2]++;
	if (end == SIEVE_ALLOW && decision.verdict != VERDICT_ALLOW)
		fail_msg("%s is let pass unseen", call->name);
	if (!sieve_error(end))
		return;
	assert_int_equal(decision.verdict, VERDICT_BLOCK_HARD);
	assert_int_equal(decision.error, sieve_error(end));
}

/* A lasting answer must reach all that it is about. */
static void answer(struct policy *policy, const struct call *call)
{
	struct subject subject = { .exe = "/bin/x" };
	struct scope_request request = {
		.call = call,
		.subject = &subject,
		.scope = random() % 2 ? RULE_SCOPE_CALL : RULE_SCOPE_CLASS,
		.verdict = random() % 2 ? VERDICT_ALLOW : VERDICT_BLOCK_HARD,
	};
	struct decision decision;
	struct rule rule;
	BUF_AUTO(why);

	policy_decide(policy, call, &subject, &decision);
	if (decision.verdict == VERDICT_ASK &&
	    policy_rule_for_scope(policy, &request, &rule, &why))
		policy_add_answer(policy, &rule);
}

static void test_filter_says_what_rules_say(void **state)
{
	enum { SAMPLES = 60 };
	const struct call_set none = { 0 };
	unsigned int counts[3] = { 0 };

	(void)state;
	srandom(5);
	for (int round = 0; round < 400; round++) {
		struct policy *policy = random_policy();
		struct sample samples[SAMPLES];
		struct sock_fprog program;
		struct sieve sieve;

		policy_sift(policy, &none, random() % 3 == 0, &sieve);
		if (random() % 2)
			sieve_filter_prepare(&sieve);
		assert_true(sieve_filter_build(&sieve, &program));
		for (int i = 0; i < SAMPLES; i++)
			make_sample(&samples[i]);
		for (int i = 0; i < 2 * SAMPLES; i++) {
			if (i >= SAMPLES)
				answer(policy, &samples[i % SAMPLES].call);
			check(policy, &samples[i % SAMPLES], &sieve, &program,
			      counts);
		}
		for (int i = 0; i < SAMPLES; i++) {
			check(policy, &samples[i], &sieve, &program, counts);
			call_free(&samples[i].call);
		}
		free(program.filter);
		sieve_free(&sieve);
		policy_free(policy);
	}
	/* Or nothing was tested. */
	for (size_t i = 0; i < 3; i++)
		assert_true(counts[i] > 1000);
}

/* ---- what there must be ---- */

static int find(const struct sieve *sieve, enum syscall_id id, int arg,
		uint64_t value)
{
	uint64_t args[SYSCALL_ARGS_MAX] = { 0 };

	args[arg] = value;
	return sieve_find(sieve, id, args);
}

static void test_arguments_decide(void **state)
{
	const struct call_set none = { 0 };
	struct policy *policy = load_rules(
		"{\"version\":1,\"default\":\"block-hard\",\"rules\":["
		"{\"action\":\"allow\",\"syscall\":\"socket\","
		"\"args\":{\"domain\":\"AF_UNIX\"}},"
		"{\"action\":\"block-hard\",\"syscall\":\"socket\","
		"\"errno\":\"EAFNOSUPPORT\"},"
		"{\"action\":\"allow\",\"class\":\"file-read\"}]}");
	struct sieve sieve;

	(void)state;
	policy_sift(policy, &none, false, &sieve);
	assert_int_equal(find(&sieve, SYSCALL_socket, 0, 1), SIEVE_ALLOW);
	/* The kernel looks at the low half alone. */
	assert_int_equal(find(&sieve, SYSCALL_socket, 0, 1 | 1ULL << 40),
			 SIEVE_ALLOW);
	assert_int_equal(sieve_error(find(&sieve, SYSCALL_socket, 0, 2)),
			 EAFNOSUPPORT);
	assert_int_equal(find(&sieve, SYSCALL_openat, 2, 0), SIEVE_ALLOW);
	/* A missing directory is a better reason than a rule. */
	assert_int_equal(find(&sieve, SYSCALL_openat, 2, 1), SIEVE_SHOW);
	assert_int_equal(find(&sieve, SYSCALL_fcntl, 1, 3), SIEVE_ALLOW);
	assert_int_equal(find(&sieve, SYSCALL_ioctl, 1, 0x5401), SIEVE_ALLOW);
	sieve_free(&sieve);
	policy_free(policy);
}

static void test_quiet_where_a_person_is_asked(void **state)
{
	const struct call_set none = { 0 };
	struct policy *policy = policy_new();
	struct sieve sieve;

	(void)state;
	policy_sift(policy, &none, true, &sieve);
	assert_int_equal(find(&sieve, SYSCALL_ioctl, 1, 0x5401), SIEVE_ALLOW);
	assert_int_equal(find(&sieve, SYSCALL_ioctl, 1, 0x5412), SIEVE_SHOW);
	assert_int_equal(find(&sieve, SYSCALL_fcntl, 1, 1), SIEVE_ALLOW);
	assert_int_equal(find(&sieve, SYSCALL_fcntl, 1, 8), SIEVE_SHOW);
	assert_int_equal(find(&sieve, SYSCALL_prctl, 0, 15), SIEVE_ALLOW);
	assert_int_equal(find(&sieve, SYSCALL_openat, 2, 0), SIEVE_SHOW);
	sieve_free(&sieve);
	policy_free(policy);
}

/* Who looks for a class looks at its calls alone. */
static void test_seen_by_others(void **state)
{
	struct call_set seen = { 0 };
	struct policy *policy = policy_new();
	struct sieve sieve;

	(void)state;
	policy_set_unmatched(policy, VERDICT_ALLOW);
	seen.in[SYSCALL_ioctl] = CLASS_BIT(CLASS_FILE_WRITE);
	seen.has[SYSCALL_getpid] = true;
	policy_sift(policy, &seen, false, &sieve);
	assert_int_equal(find(&sieve, SYSCALL_ioctl, 1, 0x5401), SIEVE_ALLOW);
	assert_int_equal(find(&sieve, SYSCALL_ioctl, 1, 0x40049409),
			 SIEVE_SHOW);
	assert_int_equal(find(&sieve, SYSCALL_getpid, 0, 0), SIEVE_SHOW);
	assert_int_equal(find(&sieve, SYSCALL_getppid, 0, 0), SIEVE_ALLOW);
	sieve_free(&sieve);
	policy_free(policy);
}

/* The kernel would fail them before the tracer is asked. */
static void test_own_calls_never_fail(void **state)
{
	static const enum syscall_id own[] = {
		SYSCALL_getppid, SYSCALL_mmap,	 SYSCALL_close,
		SYSCALL_sendmsg, SYSCALL_execve, SYSCALL_exit_group,
	};
	const struct call_set none = { 0 };
	struct policy *policy = load_rules(
		"{\"version\":1,\"rules\":[{\"action\":\"block-hard\","
		"\"class\":[\"io\",\"memory\",\"self\",\"exec\",\"process\","
		"\"net-connect\",\"system\"]}]}");
	struct sieve sieve;

	(void)state;
	policy_set_no_prompt(policy);
	policy_sift(policy, &none, false, &sieve);
	sieve_filter_prepare(&sieve);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		assert_int_equal(sieve.start[own[i]], SIEVE_SHOW);
	for (size_t i = 0; i < guard_count; i++)
		if (!guard_is_for_pins(&guards[i]))
			assert_int_equal(
				sieve_error(find(&sieve, guards[i].id, 0, 0)),
				0);
	assert_int_equal(sieve_error(sieve.start[SYSCALL_getsid]), EACCES);
	sieve_free(&sieve);
	policy_free(policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filter_says_what_rules_say),
		cmocka_unit_test(test_arguments_decide),
		cmocka_unit_test(test_quiet_where_a_person_is_asked),
		cmocka_unit_test(test_seen_by_others),
		cmocka_unit_test(test_own_calls_never_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* prctl and arch_prctl: which arguments there are depends on the option. */
#include <asm/prctl.h>
#include <inttypes.h>
#include <linux/prctl.h>

#include "syscall/print_struct.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* ---- what arguments there are ---- */

/* One letter an argument behind the option. Plain ones: d number, s string, i
 * signal, x hexadecimal, p pointer, t tracer; capitals are filled in by the
 * kernel: S string, G signal, I int, P pointer, T use of the time stamp
 * counter; l length of a vector, g whom a core is shared with. All others are in letter_tables. Options without a row have four x;
 * a second argument that has a row of its own stands before ANY. */
enum { ANY = -1 };

static const struct {
	int option, second;
	const char *args;
} forms[] = {
	{ PR_SET_PDEATHSIG, ANY, "i" },
	{ PR_GET_PDEATHSIG, ANY, "G" },
	{ PR_GET_DUMPABLE, ANY, "" },
	{ PR_SET_DUMPABLE, ANY, "u" },
	{ PR_GET_UNALIGN, ANY, "I" },
	{ PR_SET_UNALIGN, ANY, "a" },
	{ PR_GET_KEEPCAPS, ANY, "" },
	{ PR_SET_KEEPCAPS, ANY, "d" },
	{ PR_GET_FPEMU, ANY, "I" },
	{ PR_SET_FPEMU, ANY, "d" },
	{ PR_GET_FPEXC, ANY, "I" },
	{ PR_SET_FPEXC, ANY, "d" },
	{ PR_GET_TIMING, ANY, "" },
	{ PR_SET_TIMING, ANY, "d" },
	{ PR_SET_NAME, ANY, "s" },
	{ PR_GET_NAME, ANY, "S" },
	{ PR_GET_ENDIAN, ANY, "I" },
	{ PR_SET_ENDIAN, ANY, "d" },
	{ PR_GET_SECCOMP, ANY, "" },
	{ PR_SET_SECCOMP, 1, "m" },  /* SECCOMP_MODE_STRICT */
	{ PR_SET_SECCOMP, 2, "mp" }, /* SECCOMP_MODE_FILTER */
	{ PR_SET_SECCOMP, ANY, "mxxx" },
	{ PR_CAPBSET_READ, ANY, "c" },
	{ PR_CAPBSET_DROP, ANY, "c" },
	{ PR_GET_TSC, ANY, "T" },
	{ PR_SET_TSC, ANY, "n" },
	{ PR_GET_SECUREBITS, ANY, "" },
	{ PR_SET_SECUREBITS, ANY, "b" },
	{ PR_SET_TIMERSLACK, ANY, "d" },
	{ PR_GET_TIMERSLACK, ANY, "" },
	{ PR_MCE_KILL, PR_MCE_KILL_SET, "kKxx" },
	{ PR_MCE_KILL, ANY, "kxxx" },
	{ PR_SET_MM, ANY, "Mxxx" },
	{ PR_SET_PTRACER, ANY, "t" },
	{ PR_SET_CHILD_SUBREAPER, ANY, "d" },
	{ PR_GET_CHILD_SUBREAPER, ANY, "I" },
	{ PR_SET_NO_NEW_PRIVS, ANY, "dxxx" },
	{ PR_GET_TID_ADDRESS, ANY, "P" },
	{ PR_SET_THP_DISABLE, ANY, "dxxx" },
	{ PR_TASK_PERF_EVENTS_DISABLE, ANY, "" },
	{ PR_TASK_PERF_EVENTS_ENABLE, ANY, "" },
	{ PR_SET_FP_MODE, ANY, "f" },
	{ PR_GET_FP_MODE, ANY, "" },
	{ PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, "Acxx" },
	{ PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, "Acxx" },
	{ PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, "Acxx" },
	{ PR_CAP_AMBIENT, ANY, "Axxx" },
	{ PR_SVE_GET_VL, ANY, "" },
	{ PR_SVE_SET_VL, ANY, "l" },
	{ 63 /* PR_SME_SET_VL */, ANY, "l" },
	{ 64 /* PR_SME_GET_VL */, ANY, "" },
	{ PR_PAC_RESET_KEYS, ANY, "qxxx" },
	{ PR_PAC_SET_ENABLED_KEYS, ANY, "qqxx" },
	{ PR_GET_SPECULATION_CTRL, ANY, "e" },
	{ PR_SET_SPECULATION_CTRL, PR_SPEC_STORE_BYPASS, "er" },
	{ PR_SET_SPECULATION_CTRL, PR_SPEC_INDIRECT_BRANCH, "er" },
	{ PR_SET_SPECULATION_CTRL, PR_SPEC_L1D_FLUSH, "er" },
	{ PR_SET_SPECULATION_CTRL, ANY, "ex" },
	{ PR_SET_IO_FLUSHER, ANY, "dxxx" },
	{ PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, "yxxp" },
	{ PR_SET_SYSCALL_USER_DISPATCH, ANY, "yxxx" },
	{ PR_SCHED_CORE, ANY, "hdgp" },
	{ PR_SET_VMA, PR_SET_VMA_ANON_NAME, "vpds" },
	{ PR_SET_VMA, ANY, "vxxx" },
};

enum word { CONSTANT, CONSTANT_32, FLAGS, FLAGS_32 };

static const struct {
	char letter;
	enum word word;
	const struct const_table *table;
} letter_tables[] = {
	{ 'a', FLAGS_32, &consts_unaligned_uses },
	{ 'A', CONSTANT, &consts_ambient_ops },
	{ 'b', FLAGS, &consts_secure_bits },
	{ 'c', CONSTANT, &consts_capabilities },
	{ 'e', CONSTANT, &consts_speculations },
	{ 'E', FLAGS, &consts_speculation_uses },
	{ 'f', FLAGS_32, &consts_fp_modes },
	{ 'h', CONSTANT_32, &consts_core_ops },
	{ 'k', CONSTANT, &consts_mce_kills },
	{ 'K', CONSTANT, &consts_mce_policies },
	{ 'm', CONSTANT, &consts_seccomp_modes },
	{ 'M', CONSTANT_32, &consts_memory_maps },
	{ 'n', CONSTANT_32, &consts_timestamp_uses },
	{ 'q', FLAGS, &consts_pointer_keys },
	{ 'r', CONSTANT, &consts_speculation_sets },
	{ 'u', CONSTANT, &consts_suid_dumps },
	{ 'v', CONSTANT, &consts_vma_uses },
	{ 'y', CONSTANT, &consts_dispatch_uses },
};

static const char *find_form(const uint64_t *args)
{
	for (size_t i = 0; i < COUNT(forms); i++)
		if (forms[i].option == (int)args[0] &&
		    (forms[i].second == ANY ||
		     (uint64_t)forms[i].second == args[1]))
			return forms[i].args;
	return "xxxx";
}

/* ---- prctl ---- */

static bool is_filled(char letter)
{
	return letter == 'S' || letter == 'G' || letter == 'I' ||
	       letter == 'P' || letter == 'T';
}

static void add_filled(const struct print_ctx *ctx, char letter, uint64_t addr)
{
	uint32_t number;

	if (letter == 'I') {
		print_uint_out(ctx, addr);
	} else if (letter == 'P') {
		print_pointer_out(ctx, addr);
	} else if (print_failed(ctx)) {
		print_addr(ctx->out, addr);
	} else if (letter == 'S') {
		print_string_at(ctx, addr, 15); /* a task's name */
	} else if (print_fetch(ctx, addr, &number, sizeof(number))) {
		buf_char(ctx->out, '[');
		if (letter == 'G')
			print_signal_number(ctx->out, (int)number);
		else
			const_add(ctx->out, &consts_timestamp_uses, number);
		buf_char(ctx->out, ']');
	}
}

static void add_word(const struct print_ctx *ctx, char letter, uint64_t value)
{
	for (size_t i = 0; i < COUNT(letter_tables); i++) {
		const struct const_table *table = letter_tables[i].table;

		if (letter_tables[i].letter != letter)
			continue;
		if (letter_tables[i].word == FLAGS)
			const_add_flags(ctx->out, table, value);
		else if (letter_tables[i].word == FLAGS_32)
			const_add_flags(ctx->out, table, (uint32_t)value);
		else if (letter_tables[i].word == CONSTANT_32)
			const_add(ctx->out, table, (uint32_t)value);
		else
			const_add(ctx->out, table, value);
		return;
	}
	print_hex(ctx, value);
}

/* Flags, and a length in the lower half. */
static void add_vector_length(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t flags = (uint32_t)value & ~(uint64_t)PR_SVE_VL_LEN_MASK;

	if (flags) {
		const_add_flags(ctx->out,
				(int)print_arg(ctx, 0) == PR_SVE_SET_VL ?
					&consts_sve_flags :
					&consts_sme_flags,
				flags);
		buf_char(ctx->out, '|');
	}
	buf_printf(ctx->out, "%#" PRIx64, value & PR_SVE_VL_LEN_MASK);
}

static void add_prctl_arg(const struct print_ctx *ctx, char letter,
			  uint64_t value)
{
	switch (letter) {
	case 'd':
		print_unsigned(ctx, value);
		break;
	case 's':
		print_string_at(ctx, value, 15);
		break;
	case 'i':
		print_signal_number(ctx->out, (int)value);
		break;
	case 'p':
		print_addr(ctx->out, value);
		break;
	case 'l':
		add_vector_length(ctx, value);
		break;
	case 'g':
		const_add_numbered(ctx->out, &consts_core_scopes, value);
		break;
	case 't':
		if (value == UINT64_MAX)
			buf_str(ctx->out, "PR_SET_PTRACER_ANY");
		else
			print_signed(ctx, value);
		break;
	default:
		add_word(ctx, letter, value);
		break;
	}
}

void print_prctl(const struct print_ctx *ctx)
{
	const uint64_t *args = ctx->call->args;
	const char *form = find_form(args);

	if (ctx->exiting) {
		if (is_filled(*form))
			add_filled(ctx, *form, args[1]);
		return;
	}
	const_add(ctx->out, &consts_prctl_options, (uint32_t)args[0]);
	if (is_filled(*form)) {
		buf_str(ctx->out, ", ");
		return;
	}
	for (size_t i = 1; *form; form++, i++) {
		buf_str(ctx->out, ", ");
		add_prctl_arg(ctx, *form, args[i]);
	}
}

/* Options whose result has a name, by letter_tables. */
void print_prctl_result(const struct print_ctx *ctx)
{
	static const struct {
		int option;
		char letter;
	} results[] = {
		{ PR_GET_DUMPABLE, 'u' },
		{ PR_GET_SECUREBITS, 'b' },
		{ PR_MCE_KILL_GET, 'K' },
		{ PR_GET_SPECULATION_CTRL, 'E' },
	};
	bool named = false;

	for (size_t i = 0; i < COUNT(results); i++) {
		if (results[i].option != (int)print_arg(ctx, 0) ||
		    (!ctx->result && results[i].letter != 'u' &&
		     results[i].letter != 'K'))
			continue;
		buf_printf(ctx->out,
			   results[i].letter == 'u' ||
					   results[i].letter == 'K' ?
				   "%" PRId64 " (" :
				   "%#" PRIx64 " (",
			   ctx->result);
		add_word(ctx, results[i].letter, (uint64_t)ctx->result);
		buf_char(ctx->out, ')');
		named = true;
	}
	if (!named)
		buf_printf(ctx->out, "%" PRId64, ctx->result);
}

/* ---- arch_prctl ---- */

static bool gets_features(uint64_t option)
{
	return option == ARCH_GET_XCOMP_SUPP || option == ARCH_GET_XCOMP_PERM ||
	       option == ARCH_GET_XCOMP_GUEST_PERM;
}

static void add_features(const struct print_ctx *ctx, uint64_t addr)
{
	uint64_t features;

	if (!print_fetch_out(ctx, addr, &features, sizeof(features)))
		return;
	buf_char(ctx->out, '[');
	const_add_numbered_flags(ctx->out, &consts_feature_masks, features);
	buf_char(ctx->out, ']');
}

bool print_arch_prctl_reads(uint64_t option)
{
	return option == ARCH_GET_FS || option == ARCH_GET_GS ||
	       gets_features(option);
}

void print_arch_prctl_arg(const struct print_ctx *ctx, uint64_t value)
{
	switch ((int)print_arg(ctx, 0)) {
	case ARCH_GET_FS:
	case ARCH_GET_GS:
		print_pointer_out(ctx, value);
		break;
	case ARCH_GET_XCOMP_SUPP:
	case ARCH_GET_XCOMP_PERM:
	case ARCH_GET_XCOMP_GUEST_PERM:
		add_features(ctx, value);
		break;
	case ARCH_REQ_XCOMP_PERM:
	case ARCH_REQ_XCOMP_GUEST_PERM:
		const_add_numbered(ctx->out, &consts_feature_bits, value);
		break;
	case ARCH_GET_CPUID:
		break;
	case ARCH_SET_FS:
	case ARCH_SET_GS:
		print_addr(ctx->out, value);
		break;
	default:
		print_hex(ctx, value);
		break;
	}
}

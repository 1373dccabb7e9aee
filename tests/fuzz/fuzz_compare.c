/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Whatever stands in a record, it is refused with one line or compared; it is
 * the same as itself, differs from nothing done by what it tells, and what is
 * printed is safe to look at and to read again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "report/compare.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char idle[] =
	"{\"version\":1,\"started\":\"2026-01-01T00:00:00Z\","
	"\"files\":{},\"sockets\":{},\"processes\":[]}";

static void must(int condition)
{
	if (!condition)
		abort();
}

static void check_text(const struct compare *compare, const char *format)
{
	static const struct layout layout = { false, 80 };
	BUF_AUTO(out);

	must(compare_render(compare, format, &layout, &out));
	for (size_t i = 0; i < out.len; i++) {
		unsigned char c = (unsigned char)out.data[i];

		must(c == '\n' || (c >= 0x20 && c != 0x7f));
	}
	must(strcmp(format, "markdown") != 0 || !strstr(out.data, "<script"));
}

static void check_json(const struct compare *compare)
{
	static const struct layout layout = { false, 0 };
	struct json_doc *doc;
	struct err err;
	BUF_AUTO(out);

	must(compare_render(compare, "json", &layout, &out));
	doc = json_parse("out", out.data, out.len, &err);
	must(doc != NULL);
	json_doc_free(doc);
}

static void check(const struct record *old, const struct record *new, bool same)
{
	struct compare *compare = compare_new();

	compare_add(compare, SIDE_OLD, old, "old");
	compare_add(compare, SIDE_NEW, new, "new");
	compare_finish(compare, true);
	must(!same || compare_is_same(compare));
	check_text(compare, "text");
	check_text(compare, "markdown");
	check_json(compare);
	compare_free(compare);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { "" };
	struct record *record =
		record_load_text("fuzz", (const char *)data, size, &err);
	struct record *nothing;

	if (!record) {
		must(err.text[0] && !strpbrk(err.text, "\n\033"));
		return 0;
	}
	nothing = record_load_text("idle", idle, strlen(idle), &err);
	must(nothing != NULL);
	check(record, record, true);
	check(nothing, record, false);
	check(record, nothing, false);
	record_free(nothing);
	record_free(record);
	return 0;
}

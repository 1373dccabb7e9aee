/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* save - the rules of a run as a file that replays it. */
#include <stdlib.h>

#include "base/file.h"
#include "policy_data.h"

/* A rule that is longer has one thing of its lists a line. */
enum { LINE_MAX_LEN = 116 };

static void write_rules(const struct policy *policy, struct json_writer *writer)
{
	size_t answers = policy->answers.count;
	size_t count = answers + policy->loaded.count;

	for (size_t i = 0; i < count; i++) {
		const struct matcher *matcher =
			i < answers ? policy->answers.items[answers - 1 - i] :
				      policy->loaded.items[i - answers];
		BUF_AUTO(line);

		if (!matcher->saved || matcher->undone || matcher->covered_by)
			continue;
		policy_rule_text(&line, &matcher->rule);
		if (line.len <= LINE_MAX_LEN)
			json_write_raw(writer, buf_text(&line));
		else
			rule_write(writer, &matcher->rule);
	}
}

bool policy_save(const struct policy *policy, const char *path, struct err *err)
{
	struct json_writer writer;
	BUF_AUTO(text);

	json_writer_init(&writer, &text, true);
	json_open_object(&writer);
	json_write_key(&writer, "version");
	json_write_int(&writer, 1);
	if (policy->comment) {
		json_write_key(&writer, "comment");
		json_write_string(&writer, policy->comment);
	}
	if (policy->default_saved) {
		json_write_key(&writer, "default");
		json_write_string(&writer,
				  verdict_name(policy->default_verdict));
	}
	json_write_key(&writer, "rules");
	json_open_array(&writer);
	write_rules(policy, &writer);
	json_close_array(&writer);
	json_close_object(&writer);
	buf_char(&text, '\n');
	return file_write_atomic(path, text.data, text.len, err);
}

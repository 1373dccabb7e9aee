/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * profile - the built-in rules files: the assembler puts their bytes, as they
 * stand in profiles/, between two labels.
 */
#include "policy/profile.h"

#include <string.h>

#include "base/escape.h"
#include "base/json.h"
#include "policy_data.h"

#define PROFILE(id, name, secrets)                                             \
	__asm__(".pushsection .rodata, \"a\", @progbits\n"                     \
		".globl profile_" #id ", profile_" #id "_end\n"                \
		".hidden profile_" #id ", profile_" #id "_end\n"               \
		"profile_" #id ":\n"                                           \
		".incbin \"profiles/" name ".json\"\n"                         \
		"profile_" #id "_end:\n"                                       \
		".byte 0\n"                                                    \
		".popsection\n");                                              \
	extern const char profile_##id[], profile_##id##_end[];
#include "policy/profiles.def"
#undef PROFILE

static const struct {
	const char *name, *text, *end;
	bool secrets;
} profiles[] = {
#define PROFILE(id, name, secrets)                                             \
	[PROFILE_##id] = { name, profile_##id, profile_##id##_end, secrets },
#include "policy/profiles.def"
#undef PROFILE
};

const char *profile_name(enum profile_id id)
{
	return profiles[id].name;
}

const char *profile_text(enum profile_id id, size_t *len)
{
	*len = (size_t)(profiles[id].end - profiles[id].text);
	return profiles[id].text;
}

void profile_summary(enum profile_id id, struct buf *out)
{
	size_t len;
	const char *text = profile_text(id, &len), *comment;
	struct json_doc *doc = json_parse(profile_name(id), text, len, NULL);

	if (!doc)
		return;
	comment = json_string(json_member(json_root(doc), "comment"));
	if (comment)
		escape_str(out, comment);
	json_doc_free(doc);
}

static bool is_loaded(const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->names.count; i++)
		if (strcmp(policy->names.items[i], name) == 0)
			return true;
	return false;
}

/* What was loaded before would decide nothing the second time. */
static bool load(struct policy *policy, enum profile_id id, struct err *err)
{
	size_t len;
	const char *text = profile_text(id, &len);
	BUF_AUTO(name);

	buf_printf(&name, "profile:%s", profile_name(id));
	return is_loaded(policy, buf_text(&name)) ||
	       policy_load_text(policy, buf_text(&name), text, len, err);
}

bool policy_load_profile(struct policy *policy, const char *name,
			 struct err *err)
{
	BUF_AUTO(shown);

	for (int id = 0; id < PROFILE_COUNT; id++) {
		if (strcmp(profiles[id].name, name) != 0)
			continue;
		return (!profiles[id].secrets ||
			load(policy, PROFILE_SECRETS, err)) &&
		       load(policy, (enum profile_id)id, err);
	}
	escape_quoted(&shown, name, strnlen(name, 100));
	return err_set(err, "no profile %s (see --list-profiles)",
		       buf_text(&shown));
}

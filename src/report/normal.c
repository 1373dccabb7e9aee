/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/normal.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "policy/places.h"
#include "report/normal_text.h"

enum { EPHEMERAL_MIN = 32768 }; /* ip(7), ip_local_port_range */

/* A path, and what is known of it. */
struct known {
	char *path;
	const char *like; /* "/tmp/cc??????.s"; NULL: a place for byte code */
	UT_hash_handle hh;
};

struct normal {
	const struct record *record;
	struct known *temporary;
	struct known *caches; /* directories where byte code was written */
};

static struct known *find(struct known *table, const char *path, size_t len)
{
	struct known *found;

	HASH_FIND(hh, table, path, len, found);
	return found;
}

static void add(struct known **table, const char *path, size_t len,
		const char *like)
{
	struct known *known;

	if (find(*table, path, len))
		return;
	known = xcalloc(1, sizeof(*known));
	known->path = xmalloc(len + 1);
	memcpy(known->path, path, len);
	known->path[len] = '\0';
	known->like = like;
	HASH_ADD_KEYPTR(hh, *table, known->path, len, known);
}

static void free_table(struct known *known)
{
	struct known *next, *table = known;

	HASH_CLEAR(hh, table);
	for (; known; known = next) {
		next = known->hh.next;
		free(known->path);
		free(known);
	}
}

/* ---- byte code ---- */

static const char cache_name[] = "/__pycache__/";

/* The length of "d/__pycache__/x.cpython-311.pyc" in front of a number, or of
 * all of it; 0 when @path is nothing like that. */
static size_t cache_len(const char *path)
{
	size_t len = strlen(path), end = len;

	while (end && path[end - 1] >= '0' && path[end - 1] <= '9')
		end--;
	if (end < len && end && path[end - 1] == '.')
		len = end - 1;
	return len > 4 && !memcmp(path + len - 4, ".pyc", 4) ? len : 0;
}

bool normal_source(const char *path, struct buf *out)
{
	const char *cache = strstr(path, cache_name), *name, *dot;

	if (!cache || !cache_len(path))
		return false;
	name = cache + strlen(cache_name);
	dot = strchr(name, '.');
	if (strchr(name, '/') || dot == name)
		return false;
	buf_add(out, path, (size_t)(cache + 1 - path));
	buf_add(out, name, (size_t)(dot - name));
	buf_str(out, ".py");
	return true;
}

static bool is_written_cache(const struct record *record, const char *path)
{
	BUF_AUTO(source);

	return normal_source(path, &source) &&
	       fact_of_file(&record->facts, SECTION_READ, buf_text(&source));
}

bool normal_is_cache(const struct normal *normal, const char *path)
{
	return is_written_cache(normal->record, path) ||
	       find(normal->caches, path, strlen(path));
}

static void note_cache(struct normal *normal, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (is_written_cache(normal->record, path))
		add(&normal->caches, path, (size_t)(slash - path), NULL);
}

struct normal *normal_new(const struct record *record)
{
	const struct fact_store *facts = &record->facts;
	struct normal *normal = xcalloc(1, sizeof(*normal));
	size_t i;

	normal->record = record;
	for (i = 0; i < facts->lists[SECTION_TEMPORARY].count; i++) {
		const struct fact *fact =
			facts->lists[SECTION_TEMPORARY].items[i];

		if (strlen(fact->name) == strlen(fact->other))
			add(&normal->temporary, fact->name, strlen(fact->name),
			    fact->other);
	}
	for (i = 0; i < facts->lists[SECTION_CREATED].count; i++)
		note_cache(normal,
			   facts->lists[SECTION_CREATED].items[i]->name);
	return normal;
}

void normal_free(struct normal *normal)
{
	if (!normal)
		return;
	free_table(normal->temporary);
	free_table(normal->caches);
	free(normal);
}

/* ---- processes ---- */

static bool is_own(const struct normal *normal, const char *digits, size_t len)
{
	long pid = 0;

	if (!len || len > 7)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (digits[i] < '0' || digits[i] > '9')
			return false;
		pid = pid * 10 + digits[i] - '0';
	}
	return pid && process_latest(&normal->record->processes, (pid_t)pid);
}

/* "pid 12" and "process group 12"; the number, or NULL. */
static const char *process_number(const char *name)
{
	static const char *const beginnings[] = { "pid ", "process group " };

	for (size_t i = 0; i < 2; i++)
		if (!strncmp(name, beginnings[i], strlen(beginnings[i])))
			return name + strlen(beginnings[i]);
	return NULL;
}

bool normal_is_own(const struct normal *normal, const char *name)
{
	const char *number = process_number(name);

	return number ? is_own(normal, number, strlen(number)) :
			strncmp(name, "its", 3) == 0; /* itself, its own ... */
}

/* ---- paths ---- */

static bool is_number(const char *text, size_t len)
{
	return len && strspn(text, "0123456789") >= len;
}

/* The component of @len bytes at @at of @path is a process, thread or terminal.
 * Append what stands for it. */
static bool special_component(const struct normal *normal, const char *path,
			      size_t at, size_t len, bool knowing,
			      struct buf *out)
{
	if (!is_number(path + at, len))
		return false;
	if (at == strlen("/dev/pts/") && !strncmp(path, "/dev/pts/", at)) {
		buf_str(out, "<number>");
		return true;
	}
	if (!knowing || strncmp(path, "/proc/", 6) != 0)
		return false;
	if (at == 6 && is_own(normal, path + at, len))
		buf_str(out, "self");
	else if (at == 6 && len == 1 && path[at] == '1')
		buf_char(out, '1'); /* init is no other one the next time */
	else if (at == 6 || (at > 6 && !strncmp(path + at - 6, "/task/", 6)))
		buf_str(out, "<pid>");
	else
		return false;
	return true;
}

static void plain_component(const struct normal *normal, const char *path,
			    size_t at, size_t len, bool knowing,
			    struct buf *out)
{
	const struct variables *directories = &normal->record->directories;
	struct normal_part part = {
		.text = path + at,
		.len = len,
		.temporary =
			variables_is_temporary(directories, path, at - 1) ||
			normal_is_temporary_name(path, at - 1),
		.shard = normal_is_shard(path, at, len),
	};
	const char *digits = path + at;

	normal_part(&part, out);
	if (!knowing)
		return;
	/* The number of a process anywhere in the name. */
	while (digits < path + at + len) {
		size_t n = strspn(digits, "0123456789");

		if (n > 1 && digits + n <= path + at + len &&
		    is_own(normal, digits, n))
			normal_replace(out, digits, n, "<pid>");
		digits += n ? n : 1;
	}
}

static void add_path(const struct normal *normal, const char *path,
		     bool knowing, struct buf *out)
{
	size_t len = strlen(path), at;
	const char *variable;

	at = variables_match(&normal->record->directories, path, len,
			     &variable);
	buf_str(out, variable);
	while (at < len) {
		size_t start = at + 1, n = strcspn(path + start, "/");
		const struct known *made =
			knowing ? find(normal->temporary, path, start + n) :
				  NULL;
		BUF_AUTO(name);

		if (made)
			normal_like(path + start, made->like + start, n, &name);
		else if (!special_component(normal, path, start, n, knowing,
					    &name))
			plain_component(normal, path, start, n, knowing, &name);
		buf_printf(out, "/%s", buf_text(&name));
		at = start + n;
	}
}

void normal_name(const struct normal *normal, const char *name, bool knowing,
		 struct buf *out)
{
	struct normal_part part = { .text = name, .len = strlen(name) };
	const char *number = process_number(name);
	const char *bracket = strstr(name, ":["); /* "pipe:[123]" */

	if (name[0] == '/')
		add_path(normal, name, knowing, out);
	else if (number && knowing)
		buf_printf(out, "%.*s%s", (int)(number - name), name,
			   normal_is_own(normal, name) ? "<own>" : "<pid>");
	else if (bracket && name[part.len - 1] == ']')
		buf_printf(out, "%.*s:[<number>]", (int)(bracket - name), name);
	else
		normal_part(&part, out);
}

/* ---- addresses ---- */

void normal_address(const struct normal *normal, const char *address, int port,
		    bool offered, bool knowing, struct buf *out)
{
	const struct places *places = normal->record->places;
	const char *colon = strrchr(address, ':');
	struct normal_part part = { .text = address,
				    .len = strlen(address),
				    .temporary = true };

	if (strncmp(address, "unix:/", 6) == 0) {
		buf_str(out, "unix:");
		add_path(normal, address + 5, knowing, out);
	} else if (strncmp(address, "unix:@", 6) == 0) {
		buf_str(out, "unix:@");
		part.text += 6;
		part.len -= 6;
		/* unix(7): autobind gives five hexadecimal digits. */
		if (part.len == 5 && strspn(part.text, "0123456789abcdef") == 5)
			buf_str(out, "<random>");
		else
			normal_part(&part, out);
	} else if (strncmp(address, "netlink:", 8) == 0 && colon) {
		buf_printf(out, "netlink:%s%s",
			   address[8] == '0' ? "0" : "<pid>", colon);
	} else if (colon && port >= EPHEMERAL_MIN &&
		   (offered ||
		    place_of_address(places, address) == PLACE_LOOPBACK)) {
		buf_add(out, address, (size_t)(colon - address));
		buf_str(out, ":<ephemeral>");
	} else {
		buf_str(out, address);
	}
}

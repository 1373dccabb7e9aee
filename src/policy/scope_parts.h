/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* scope - what a call names, as scopes see it; for the files of this folder.
 */
#ifndef POLICY_SCOPE_PARTS_H
#define POLICY_SCOPE_PARTS_H

#include <sys/socket.h>

#include "net.h"
#include "policy_data.h"

/* One thing that the call names, and that a rule can name. */
struct thing {
	enum { THING_FILE, THING_UNIX, THING_HOST } kind;
	const char *name; /* FILE, UNIX: the path, or "@abstract" */
	size_t len;
	bool is_directory;	    /* FILE: what is opened to be listed */
	struct net_address address; /* HOST */
	char storage[sizeof(struct sockaddr_storage)];
	bool is_stored; /* UNIX: .name is in .storage */
};

struct things {
	struct thing *items;
	size_t count, size;
	const char *unnamed; /* why something that it names is not here */
};

/* All that the facets of these classes name, each once. */
void things_collect(struct things *things, const struct call *call,
		    uint32_t classes);
void things_free(struct things *things);

/* What a row of scopes.def needs. NULL, or why the call has it not. */
const char *things_need_names(const struct things *things);
const char *things_need_hosts(const struct things *things);
const char *things_need_things(const struct things *things);

struct scope_request;

/* The rule in the making. */
struct making {
	const struct policy *policy;
	const struct scope_request *request;
	const struct things *things;
	struct rule *rule;
};

/* One a scope: add to the rule. NULL, or why it cannot be done. */
const char *scope_make_this(struct making *making);
const char *scope_make_dir(struct making *making);
const char *scope_make_tree(struct making *making);
const char *scope_make_ext(struct making *making);
const char *scope_make_host(struct making *making);
const char *scope_make_port(struct making *making);
const char *scope_make_net(struct making *making);
const char *scope_make_glob(struct making *making);

/* The pattern that is there to be edited. */
void scope_first_pattern(const struct making *making, struct buf *out);

#endif

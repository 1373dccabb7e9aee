/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * gather - what one call adds to a record: counts for every call, an entry
 * for each thing that it did, or that it was kept from doing.
 */
#include "report/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "policy/random_name.h"
#include "report/name.h"
#include "report/state.h"
#include "report/usual.h"

static void count(struct record *record, const struct fact *like)
{
	struct fact *fact = fact_find(&record->facts, like);

	if (fact)
		fact->count++;
}

/* ---- what was done ---- */

static bool has_new_name(const struct call *call)
{
	size_t i;

	for (i = 0; i < call->n_targets; i++)
		if (call->targets[i].kind == TARGET_NEW)
			return true;
	return false;
}

/* link(2) creates its second name alone, and open(2) with O_CREAT creates
 * nothing where something was. */
static bool creates(const struct call *call, const struct target *target)
{
	if (has_new_name(call))
		return target->kind == TARGET_NEW;
	return !target->exists;
}

/* Fill in the fact for one facet of a call that ran; false when the facet
 * names nothing that has a section. */
static bool fact_of_facet(struct fact *fact, struct buf *name,
			  struct buf *other, const struct call *call,
			  const struct facet *facet)
{
	enum section section;

	if (facet->implied || !section_of_class(facet->class_id, &section))
		return false;
	*fact = fact_like(section);
	fact->class_id = facet->class_id;
	if (section == SECTION_SOCKETS) {
		name_socket(name, fact, call);
	} else if (section == SECTION_RENAMED) {
		name_rename(name, other, fact, call);
	} else if (section == SECTION_SIGNALS && facet->target) {
		name_signal(name, other, fact, call, facet->target);
	} else if (facet->target) {
		if (section == SECTION_CREATED && !creates(call, facet->target))
			return false;
		name_target(name, fact, facet->target);
	}
	if (section == SECTION_CONNECTED || section == SECTION_BOUND)
		fact->call = call->name;
	fact->name = buf_text(name);
	fact->other = buf_text(other);
	return name->len > 0;
}

/* What the record keeps of a call in hand. */
struct gathering {
	struct record *record;
	const struct call *call;
	unsigned int process; /* its id; 0: unknown */
	int error;	      /* how it ended; 0: well */
	bool fresh;	      /* nothing was done to its new name before */
};

static bool is_new(const struct fact *fact)
{
	return !fact->count && !fact->failed && !fact->events;
}

static void tell_first_time(const struct gathering *gathering,
			    const struct fact *fact)
{
	struct record *record = gathering->record;

	if (is_new(fact) && !usual_fact(record, fact))
		timeline_add_fact(&record->timeline, fact,
				  record_now_us(record), gathering->process);
}

/* Which of the files were made here, and which are no more: what a program
 * did to its own temporary files is of little interest. */
static void follow_file(const struct gathering *gathering, struct fact *fact)
{
	const struct fact_store *facts = &gathering->record->facts;
	struct fact *from = fact_of_file(facts, SECTION_CREATED, fact->name);
	struct fact *to = fact_of_file(facts, SECTION_CREATED, fact->other);

	if (fact->section == SECTION_CREATED) {
		if (is_new(fact))
			fact->made = gathering->fresh &&
				     gathering->call->n_targets == 1;
		fact->gone = false;
	} else if (fact->section == SECTION_RENAMED) {
		if (is_new(fact))
			fact->made = gathering->fresh && from && from->made;
		if (to)
			to->gone = false;
	}
	if (from && from != fact)
		from->gone = true;
}

/* The name that had led to the address by now. */
static void name_host(const struct record *record, struct fact *fact,
		      const struct target *target)
{
	const char *name =
		target && target->address_len ?
			dns_name_of(&record->names, &target->address) :
			NULL;

	if (!name || (fact->host && strcmp(fact->host, name) == 0))
		return;
	free(fact->host);
	fact->host = xstrdup(name);
}

/* A connection that failed was on the network all the same; one that is
 * under way has not failed. */
static void count_done(const struct gathering *gathering,
		       const struct fact *like, const struct target *target)
{
	int error = gathering->error == EINPROGRESS ? 0 : gathering->error;
	struct fact *fact;

	if (error && like->section != SECTION_CONNECTED)
		return;
	fact = fact_find(&gathering->record->facts, like);
	if (!fact)
		return;
	if (like->section == SECTION_CONNECTED)
		name_host(gathering->record, fact, target);
	tell_first_time(gathering, fact);
	if (like->section == SECTION_CREATED ||
	    like->section == SECTION_DELETED ||
	    like->section == SECTION_RENAMED)
		follow_file(gathering, fact);
	if (error)
		fact->failed++;
	else
		fact->count++;
}

/* "/tmp/ccAb12cd.s" is "/tmp/cc??????.s" */
static void gather_temporary(struct record *record, const struct call *call)
{
	size_t i, start, len;

	for (i = 0; i < call->n_targets; i++) {
		const char *path = call->targets[i].resolved;
		struct fact like = fact_like(SECTION_TEMPORARY);
		BUF_AUTO(pattern);

		if (!path || call->targets[i].error ||
		    !random_name_made(&record->directories, call, path, &start,
				      &len))
			continue;
		buf_str(&pattern, path);
		memset(pattern.data + start, '?', len);
		like.name = path;
		like.other = buf_text(&pattern);
		count(record, &like);
	}
}

/* Was nothing done so far to the name that the call makes? */
static bool is_fresh(const struct record *record, const struct call *call)
{
	static const enum section touched[] = {
		SECTION_READ,	 SECTION_WRITTEN,    SECTION_CREATED,
		SECTION_DELETED, SECTION_ATTRIBUTES, SECTION_PROGRAMS,
	};
	const struct target *made = NULL;
	size_t i;

	for (i = 0; i < call->n_targets; i++)
		if (call->targets[i].resolved &&
		    (!made || call->targets[i].kind == TARGET_NEW))
			made = &call->targets[i];
	if (!made || made->exists)
		return false;
	for (i = 0; i < sizeof(touched) / sizeof(*touched); i++)
		if (fact_of_file(&record->facts, touched[i], made->resolved))
			return false;
	return true;
}

/* Returns whether the call named anything that has a section. */
static bool gather_done(struct gathering *gathering)
{
	const struct call *call = gathering->call;
	bool named = false, renamed = false;
	struct facet facet;
	struct fact fact;
	size_t i;

	if (call->classes &
	    (CLASS_BIT(CLASS_FILE_CREATE) | CLASS_BIT(CLASS_FILE_RENAME)))
		gathering->fresh = is_fresh(gathering->record, call);
	for (i = 0; call_facet(call, i, &facet); i++) {
		BUF_AUTO(name);
		BUF_AUTO(other);

		if (!fact_of_facet(&fact, &name, &other, call, &facet))
			continue;
		named = true;
		/* Both of its names have a facet, both give the same fact. */
		if (fact.section == SECTION_RENAMED && renamed)
			continue;
		renamed |= fact.section == SECTION_RENAMED;
		count_done(gathering, &fact, facet.target);
	}
	if (!gathering->error)
		gather_temporary(gathering->record, call);
	return named;
}

/* ---- what was not done ---- */

static void set_decider(struct fact *fact, const struct decision *decision,
			const struct outcome *outcome)
{
	if (outcome->answered) {
		fact->by = FACT_BY_ANSWER;
	} else if (decision && decision->by == DECIDED_BY_RULE &&
		   decision->rule) {
		fact->by = FACT_BY_RULE;
		fact->file = decision->rule->origin.file ?: "";
		fact->index = decision->rule->origin.index;
	} else if (decision && decision->by == DECIDED_BY_ERROR) {
		fact->by = FACT_BY_ERROR;
	} else if (decision && decision->by == DECIDED_BY_GUARD) {
		fact->by = FACT_BY_GUARD;
	} else {
		fact->by = FACT_BY_DEFAULT;
	}
}

static void gather_blocked(const struct gathering *gathering,
			   const struct decision *decision,
			   const struct outcome *outcome)
{
	const struct call *call = gathering->call;
	struct fact like = fact_like(SECTION_BLOCKED), *fact;
	const struct target *target = NULL;
	BUF_AUTO(name);

	like.verdict = outcome->verdict;
	like.call = call->name;
	set_decider(&like, decision, outcome);
	if (decision) {
		like.class_id = decision->facet.class_id;
		target = decision->facet.target;
	}
	if (!target && call->n_targets)
		target = &call->targets[0];
	if (target)
		name_target(&name, &like, target);
	else if (like.class_id == CLASS_NET_SOCKET)
		name_socket(&name, &like, call);
	like.name = buf_text(&name);
	fact = fact_find(&gathering->record->facts, &like);
	if (!fact)
		return;
	name_host(gathering->record, fact, target);
	tell_first_time(gathering, fact);
	fact->count++;
	if (outcome->verdict != VERDICT_BLOCK_HARD)
		return;
	fact->error = outcome->has_result && outcome->result < 0 ?
			      (int)-outcome->result :
		      decision ? decision->error :
				 0;
}

/* ---- counts ---- */

static void count_classes(struct record *record, uint32_t classes,
			  enum verdict verdict)
{
	size_t i;

	if (!classes)
		record->decided[CLASS_COUNT][verdict]++;
	for (i = 0; i < CLASS_COUNT; i++)
		if (classes & CLASS_BIT(i))
			record->decided[i][verdict]++;
}

static void count_name(struct record *record, enum section section,
		       const char *name, enum verdict verdict)
{
	struct fact like = fact_like(section);

	like.name = name;
	like.verdict = verdict;
	like.safe = true;
	count(record, &like);
}

static int error_of(const struct outcome *outcome)
{
	if (outcome->has_result && outcome->result < 0 &&
	    outcome->result >= -4095)
		return (int)-outcome->result;
	return 0;
}

/* A path that leads nowhere cannot be resolved, and so not be decided; the
 * program is told what the kernel would have said. Programs try such paths
 * all the time. Nothing was kept from them: it is a call that failed. */
static bool failed_by_itself(const struct call *call,
			     const struct outcome *outcome)
{
	int error = error_of(outcome);
	size_t i;

	if (outcome->answered || (error != ENOENT && error != ENOTDIR))
		return false;
	for (i = 0; i < call->n_targets; i++)
		if (call->targets[i].error == -error)
			return true;
	return false;
}

void record_call(struct record *record, const struct subject *subject,
		 const struct call *call, const struct decision *decision,
		 const struct outcome *outcome)
{
	bool quiet = decision && decision->by == DECIDED_BY_QUIET;
	bool failed = failed_by_itself(call, outcome);
	/* Neither allowed nor blocked: it counts by its name alone. */
	enum verdict verdict = failed ? VERDICT_ALLOW : outcome->verdict;
	const struct process *process =
		process_latest(&record->processes, subject->pid);
	struct gathering gathering = {
		.record = record,
		.call = call,
		.process = process ? process->id : 0,
		.error = error_of(outcome),
	};

	record->calls++;
	record->answered += outcome->answered;
	if (record->keeps_stats)
		stats_add(&record->stats, call->name, error_of(outcome) != 0,
			  outcome->took_ns, outcome->waited_ns);
	if (!failed)
		count_classes(record, call->classes, verdict);
	count_name(record, SECTION_CALLS, call->name, verdict);
	if (verdict > VERDICT_ASK)
		gather_blocked(&gathering, decision, outcome);
	else if (outcome->ran && !gather_done(&gathering) && !quiet)
		count_name(record, SECTION_OTHER, call->name, verdict);
}

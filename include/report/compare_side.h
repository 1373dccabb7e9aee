/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* compare_side - the two sides of a comparison. */
#ifndef REPORT_COMPARE_SIDE_H
#define REPORT_COMPARE_SIDE_H

enum compare_side {
	SIDE_OLD,
	SIDE_NEW,
	SIDE_COUNT,
};

#endif

/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * generic_netlink - names of the families of generic netlink.
 *
 * The kernel numbers them as they are registered; it is asked once.
 */
#ifndef TRACE_GENERIC_NETLINK_H
#define TRACE_GENERIC_NETLINK_H

#include <stdint.h>

/* "nlctrl" for GENL_ID_CTRL; NULL: no such family. Lasts for ever. */
const char *generic_netlink_name(uint16_t type);

#endif

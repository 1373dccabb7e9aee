/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Messages of name servers may be anything. */
#include <stddef.h>
#include <stdint.h>

#include "report/dns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sockaddr_storage address = { .ss_family = AF_INET };
	struct dns_names names = { 0 };

	dns_learn(&names, data, size);
	dns_name_of(&names, &address);
	dns_free(&names);
	return 0;
}

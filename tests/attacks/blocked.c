/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* blocked: the program that a rule forbids to run. */
int main(void)
{
	return 42;
}

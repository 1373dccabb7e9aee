# SPDX-License-Identifier: LGPL-3.0-or-later
# fish completion for syswall(1)

function __syswall_names
    syswall --list-classes 2>/dev/null | string replace -r ' .*' ''
    syswall --list-syscalls 2>/dev/null | string replace -rf '^ *-?\d+ (\w+)\(.*' '$1'
    echo all
end

# The program's own arguments are its own to complete.
complete -c syswall -x -a '(__fish_complete_subcommand -- -a --ask -c --config --format --log -o --output --on-unmatched -p --profile -r --report -s --save --summary-sort)'
complete -c syswall -s a -l ask -x -a '(__fish_append , (__syswall_names))' -d 'Ask about these too'
complete -c syswall -l check -d 'Find mistakes in rules files'
complete -c syswall -l compare -d 'What one record has that another has not'
complete -c syswall -l strict -d 'With --check: warnings count'
complete -c syswall -s c -l config -r -F -d 'Rules to replay'
complete -c syswall -l explain -d 'Say which rule decides a call'
complete -c syswall -l format -x -a 'text json markdown html' -d 'The format of the report'
complete -c syswall -s h -l help -d 'Show the options'
complete -c syswall -l list-classes -d 'Name the classes of system calls'
complete -c syswall -l list-profiles -d 'Name the built-in profiles'
complete -c syswall -l list-syscalls -d 'Name the system calls'
complete -c syswall -l ignore-libs -d 'Pass over what the dynamic loader opens'
complete -c syswall -l learn -d 'Allow everything; -s writes the rules for it'
complete -c syswall -l log -r -F -d 'Write each decided call as a line of JSON'
complete -c syswall -l log-data -d 'With --log: contents of buffers too'
complete -c syswall -l no-prompt -d 'Never ask: block instead'
complete -c syswall -s o -l output -r -F -d 'Write the log to a file'
complete -c syswall -l on-unmatched -x -a 'ask allow block-hard block-soft kill' -d 'When no rule decides'
complete -c syswall -s p -l profile -x -a "(syswall --list-profiles 2>/dev/null | string replace -r ' +' '\t')" -d 'Use a built-in profile'
complete -c syswall -s q -l quiet -d 'No report on standard error'
complete -c syswall -s r -l report -r -F -d 'Write the record'
complete -c syswall -s s -l save -r -F -d 'Write rules and lasting answers'
complete -c syswall -l show -d 'Print the report of a record'
complete -c syswall -l summary -d 'Count calls, errors and time at the end'
complete -c syswall -l summary-sort -x -a 'time waited calls errors name' -d 'Order of the summary'
complete -c syswall -s v -d 'Log each decision; twice: every system call'
complete -c syswall -s V -l version -d 'Show version and kernel features'

# SPDX-License-Identifier: Apache-2.0
# The built add-in from outside: stays in memory, shows its entry point only, needs nothing that the
# client does not have, is small. Run with -DADD_IN=FILE -DREADELF=PROGRAM -DSTRIP=PROGRAM.
execute_process(COMMAND ${READELF} --wide --dynamic ${ADD_IN} OUTPUT_VARIABLE dynamic
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${READELF} --wide --dyn-syms ${ADD_IN} OUTPUT_VARIABLE symbols
                COMMAND_ERROR_IS_FATAL ANY)

if(NOT dynamic MATCHES "NODELETE")
  message(SEND_ERROR "not linked with -z nodelete")
endif()

string(REGEX MATCHALL "(GLOBAL|WEAK|UNIQUE)[ \t]+DEFAULT[ \t]+[0-9]+ [^ \n]+" exported "${symbols}")
list(LENGTH exported count)
if(NOT count EQUAL 1 OR NOT exported MATCHES " VirtualChannelEntryEx")
  message(SEND_ERROR "exports something else than its entry point: ${exported}")
endif()

string(REGEX MATCHALL "\\[[^]\n]*\\.so[^]\n]*\\]" needed "${dynamic}")
list(LENGTH needed count)
if(count LESS 3)
  message(SEND_ERROR "the list of libraries was not understood: ${dynamic}")
endif()
foreach(library IN LISTS needed)
  if(NOT library MATCHES "^\\[(lib(freerdp|freerdp-client|winpr)[23]|lib(ssl|crypto|stdc\\+\\+|gcc_s|c|m)|ld-linux[^.]*)\\.so")
    message(SEND_ERROR "needs ${library}, which a client may not have")
  endif()
endforeach()

set(stripped ${ADD_IN}.stripped)
execute_process(COMMAND ${STRIP} -o ${stripped} ${ADD_IN} COMMAND_ERROR_IS_FATAL ANY)
file(SIZE ${stripped} size)
file(REMOVE ${stripped})
math(EXPR limit "1024 * 1024")
if(size GREATER limit)
  message(SEND_ERROR "has ${size} bytes, more than a mebibyte")
endif()
message(STATUS "${size} bytes, ${count} libraries")

# SPDX-License-Identifier: Apache-2.0
# The FreeRDP side: what needs no client first, then the built add-in itself.
foreach(subject ask check options look output connection tap kerberos)
  preflight_test(channel-${subject}-test channel_${subject}_test.cpp
                 USES preflight-tap preflight-certificate-maker)
endforeach()

preflight_test(channel-entry-test channel_entry_test.cpp ${PROJECT_SOURCE_DIR}/channel/states.cpp
               USES preflight-freerdp ${CMAKE_DL_LIBS})
target_include_directories(channel-entry-test PRIVATE ${PROJECT_SOURCE_DIR})
target_compile_definitions(channel-entry-test PRIVATE ADD_IN="$<TARGET_FILE:preflight-client>")
add_dependencies(channel-entry-test preflight-client)

find_program(READELF readelf)
find_program(STRIP strip)
mark_as_advanced(READELF STRIP)
if(READELF AND STRIP)
  add_test(NAME addin-shape COMMAND ${CMAKE_COMMAND} -DADD_IN=$<TARGET_FILE:preflight-client>
           -DREADELF=${READELF} -DSTRIP=${STRIP} -P ${CMAKE_CURRENT_LIST_DIR}/shape/addin.cmake)
  set_tests_properties(addin-shape PROPERTIES LABELS unit)
endif()

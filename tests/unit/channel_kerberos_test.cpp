// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/kerberos_line.hpp"
#include "cmocka.hpp"

using namespace preflight;

namespace {

void check(const char* line, std::int32_t code, const char* realm) {
    const auto error = kerberos_error_in(line);
    assert_true(error.has_value());
    assert_int_equal(error->code, code);
    assert_string_equal(error->realm.c_str(), realm);
}

void the_code_is_read(void**) {
    check("krb5_get_credentials (Server not found in Kerberos database [-1765328377])", -1765328377,
          "");
    check("krb5_cc_get_principal (No such file [2])", 2, "");
    check("krb5glue_get_init_creds (Client 'a [b]' not found [-1765328378])", -1765328378, "");
}

void a_realm_is_read_and_no_other_word(void**) {
    check("krb5glue_get_init_creds (Cannot find KDC for realm \"CORP.EXAMPLE\" [-1765328230])",
          -1765328230, "CORP.EXAMPLE");
    check(
        "krb5glue_get_init_creds (Cannot contact any KDC for realm 'CORP.EXAMPLE' "
        "[-1765328228])",
        -1765328228, "CORP.EXAMPLE");
    check("f (Client 'user@CORP.EXAMPLE' not found in Kerberos database [-1765328378])",
          -1765328378, "");
    check("f (for realm [-1765328230])", -1765328230, "");
}

void other_lines_have_none(void**) {
    for (const char* line : {"", "])", "[", "f (no code)", "f (none [0])", "f (word [abc])",
                             "f (long [99999999999])", "f (trailing [12]) more", "f (x [12 ])"})
        assert_false(kerberos_error_in(line).has_value());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_code_is_read),
        cmocka_unit_test(a_realm_is_read_and_no_other_word),
        cmocka_unit_test(other_lines_have_none),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}

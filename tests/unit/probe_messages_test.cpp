// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include "probe/messages.hpp"
#include "wire/credssp.hpp"
#include "wire/x224.hpp"

using namespace preflight;

namespace {

void the_request_is_what_it_says(void**) {
    for (const std::uint32_t protocols : {0u, 1u, 3u, 11u, 5u, 16u}) {
        const auto request = wire::parse_connection_request(connection_request(protocols, true));
        assert_true(request.has_value());
        assert_true(request->negotiation);
        assert_false(request->cookie);
        assert_int_equal(request->protocols, protocols);
        assert_int_equal(request->flags, 0);
    }
    const auto bare = wire::parse_connection_request(connection_request(0, false));
    assert_true(bare.has_value());
    assert_false(bare->negotiation);
}

void the_ntlm_question_names_nobody(void**) {
    const auto bytes = ntlm_question();
    const wire::Frame frame = wire::ts_request_frame(bytes);
    assert_int_equal(frame.length, bytes.size());
    const auto request = wire::parse_ts_request(bytes);
    assert_true(request.has_value());
    assert_int_equal(request->version, 6);
    assert_false(request->auth_info);
    assert_false(request->pub_key_auth);
    assert_true(step_of(*request) == wire::CredsspStep::negotiate);
    assert_true(request->token.has_value());
    const auto* ntlm = std::get_if<wire::NtlmMessage>(&request->token->message);
    assert_non_null(ntlm);
    const auto* negotiate = std::get_if<wire::NtlmNegotiate>(ntlm);
    assert_non_null(negotiate);
    // Neither NTLMSSP_NEGOTIATE_OEM_DOMAIN_SUPPLIED nor …_WORKSTATION_SUPPLIED, [MS-NLMP] 2.2.2.5
    assert_int_equal(negotiate->flags & 0x00003000, 0);
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_request_is_what_it_says),
        cmocka_unit_test(the_ntlm_question_names_nobody),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}

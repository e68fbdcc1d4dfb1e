// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cmocka.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "check/known_host.hpp"
#include "check/survey.hpp"
#include "record/recorder.hpp"

using namespace preflight;

namespace {

constexpr const char* fingerprint = "aa:bb:cc:dd";

class Folder {
  public:
    Folder() {
        char name[] = "/tmp/preflight-check-XXXXXX";
        assert_non_null(mkdtemp(name));
        path = name;
    }
    ~Folder() {
        unlink((path + "/known_hosts2").c_str());
        rmdir(path.c_str());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string path;
};

std::string known_as(const std::string& list) {
    const Folder folder;
    Facts facts;
    facts.target.host = "win-srv01";
    facts.target.port = 3389;
    CertificateFacts certificate;
    certificate.known_file = folder.path + "/known_hosts2";
    certificate.sha256 = fingerprint;
    std::ofstream(*certificate.known_file) << list;
    compare_with_stored(facts, certificate);
    return certificate.known.value_or("?") + (certificate.stored_sha256 ? " with stored" : "");
}

void a_stored_certificate_is_compared(void**) {
    assert_string_equal(known_as("").c_str(), "new");
    assert_string_equal(known_as("other 3389 aa:bb:cc:dd x y\n").c_str(), "new");
    assert_string_equal(known_as("win-srv01 3390 aa:bb:cc:dd x y\n").c_str(), "new");
    assert_string_equal(known_as("other 3389 1 x y\nWIN-SRV01 3389 AA:BB:CC:DD x y\n").c_str(),
                        "same");
    assert_string_equal(known_as("win-srv01 3389 11:22 x y\n").c_str(), "changed with stored");
    assert_string_equal(known_as("win-srv01\nwin-srv01 x y\n\xff\xfe\n").c_str(), "new");
}

CheckAccount::Asked answered(std::uint32_t requested, wire::ConnectionConfirm::Kind kind,
                             std::uint32_t value) {
    CheckAccount::Asked asked;
    asked.protocols = requested;
    asked.account.connected = true;
    asked.account.confirm = wire::ConnectionConfirm{};
    asked.account.confirm->kind = kind;
    asked.account.confirm->protocol = value;
    asked.account.confirm->failure_code = value;
    return asked;
}

void what_was_selected_counts_not_that_it_answered(void**) {
    using Kind = wire::ConnectionConfirm::Kind;
    Survey survey;
    survey.protocols = {answered(3, Kind::response, 2), answered(1, Kind::failure, 5),
                        answered(0, Kind::failure, 5), answered(11, Kind::response, 2),
                        answered(16, Kind::response, 0)};
    Facts facts;
    add_survey(survey, {}, facts);
    std::string taken;
    for (const auto& each : facts.check.protocols)
        taken +=
            *each.name + (*each.accepted ? " yes, " : " no: " + each.answer.value_or("") + ", ");
    assert_string_equal(taken.c_str(),
                        "RDP no: HYBRID_REQUIRED_BY_SERVER, TLS no: HYBRID_REQUIRED_BY_SERVER, "
                        "NLA yes, NLA-EX no: HYBRID, Entra no: RDP, ");
    assert_string_equal(facts.check.nla->c_str(), "required");
    assert_int_equal(facts.check.missing.size(), 1);
    assert_string_equal(facts.check.missing[0].c_str(), "RDSTLS");
}

void whether_nla_is_taken(void**) {
    using Kind = wire::ConnectionConfirm::Kind;
    assert_string_equal(nla_of({answered(3, Kind::response, 2)})->c_str(), "offered");
    assert_string_equal(nla_of({answered(3, Kind::response, 1)})->c_str(), "not-offered");
    assert_string_equal(nla_of({answered(3, Kind::failure, 2)})->c_str(), "not-offered");
    assert_false(nla_of({}).has_value());
}

Facts recorded(bool passed) {
    Facts known;
    known.check.mode = "quick";
    const auto now = Observation::Clock::now();
    Recorder recorder(known, now);
    recorder.observe({now, 0, RoundBegan{}});
    recorder.observe({now, 1, SocketOpened{"10.0.0.5", 3389, false, true, 0}});
    recorder.observe({now, 0, CheckEnded{passed}});
    return recorder.facts(now);
}

void the_end_of_a_check_decides_the_outcome(void**) {
    const Facts passed = recorded(true);
    assert_string_equal(passed.outcome->c_str(), "would-connect");
    assert_false(passed.freerdp.code.has_value());
    const Facts stopped = recorded(false);
    assert_string_equal(stopped.outcome->c_str(), "failed");
    assert_string_equal(stopped.stage->c_str(), "tcp");
    assert_false(stopped.freerdp.code.has_value());
}

}  // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_stored_certificate_is_compared),
        cmocka_unit_test(what_was_selected_counts_not_that_it_answered),
        cmocka_unit_test(whether_nla_is_taken),
        cmocka_unit_test(the_end_of_a_check_decides_the_outcome),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}

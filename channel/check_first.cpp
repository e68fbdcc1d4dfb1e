// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/check_first.hpp"

#include <algorithm>
#include <future>
#include <memory>

#include "channel/look.hpp"
#include "channel/output.hpp"
#include "channel/verdict.hpp"
#include "check/client.hpp"
#include "computer/process.hpp"
#include "probe/thread.hpp"

namespace preflight {
namespace {

constexpr std::chrono::milliseconds limit{3000};
constexpr std::chrono::milliseconds grace{200};  // for the report on a check whose time was up

/// FreeRDP takes a proxy from these when it connects.
bool proxy_in_environment() {
    constexpr const char* names[] = {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"};
    return std::any_of(std::begin(names), std::end(names),
                       [](const char* name) { return !environment(name).empty(); });
}

CheckRequest request_for(const Facts& known) {
    CheckRequest request;
    request.host = *known.target.host;
    request.port = static_cast<std::uint16_t>(known.target.port.value_or(request.port));
    request.client = known.client;
    request.tls = tls_context(offer_of(known.client));
    request.timeout = limit;
    return request;
}

/// Nobody can say yes to a certificate there.
bool question_stops(const Facts& facts) {
    const std::string policy = facts.client.certificate_policy.value_or("ask");
    return policy == "deny" || (policy == "ask" && !facts.client.interactive.value_or(true));
}

std::string line_of(const Diagnosis& diagnosis) {
    return diagnosis.title + " [" + diagnosis.id + "]";
}

}  // namespace

bool can_check(const Facts& known, bool proxy_given) {
    return is_host(known.target.host.value_or("")) && !known.gateway.used.value_or(false) &&
           !known.proxy.used.value_or(false) && !proxy_given && !proxy_in_environment();
}

Texts findings(const CheckResult& result) {
    const CheckFacts& check = result.facts.check;
    if (check.verdict == "would-not-connect") return {line_of(result.explanation.cause)};
    if (check.verdict != "would-connect") return {};
    if (result.explanation.question && question_stops(result.facts))
        return {line_of(*result.explanation.question)};
    const auto warns = [&](const char* of) {
        return std::find(check.warnings.begin(), check.warnings.end(), of) != check.warnings.end();
    };
    const std::string day = result.facts.certificate.not_after.value_or("").substr(0, 10);
    if (warns("expired")) return {"The host's certificate ended on " + day + ". [cert-expired]"};
    if (warns("ends-soon"))
        return {"The host's certificate ends on " + day + ". [cert-expires-soon]"};
    return {};
}

void check_first(const Facts& known, bool proxy_given, const Options& options) {
    if (!can_check(known, proxy_given)) return;
    // In a thread of its own: TLS leaves its errors in that thread's queue, and the tap listens to
    // the client's thread only.
    auto found = std::make_shared<std::promise<Texts>>();
    std::future<Texts> answer = found->get_future();
    const bool started = start_thread([found, known, options] {
        found->set_value(findings(check_host(request_for(known), catalogue_for(options))));
    });
    if (!started || answer.wait_for(limit + grace) != std::future_status::ready) return;
    for (const std::string& line : answer.get()) say("check: " + line);
}

}  // namespace preflight

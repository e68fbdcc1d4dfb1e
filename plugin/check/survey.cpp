// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "check/survey.hpp"

#include <algorithm>
#include <cerrno>

#include "wire/tls_names.hpp"

namespace preflight {
namespace {

using Asked = CheckAccount::Asked;
using Kind = wire::ConnectionConfirm::Kind;

struct Wish {
    std::uint32_t requested;
    std::uint32_t selected;  ///< what the host selects if it takes it
    const char* name;
};

constexpr Wish wishes[] = {
    {protocol::rdp, protocol::rdp, "RDP"},
    {protocol::ssl, protocol::ssl, "TLS"},
    {protocol::ssl | protocol::hybrid, protocol::hybrid, "NLA"},
    {protocol::ssl | protocol::hybrid | protocol::hybrid_ex, protocol::hybrid_ex, "NLA-EX"},
    {protocol::ssl | protocol::rdstls, protocol::rdstls, "RDSTLS"},
    {protocol::rdsaad, protocol::rdsaad, "Entra"},
};

const Asked* find(const std::vector<Asked>& asked, std::uint32_t requested) {
    const auto found = std::find_if(asked.begin(), asked.end(),
                                    [&](const Asked& each) { return each.protocols == requested; });
    return found == asked.end() ? nullptr : &*found;
}

std::string ending(const Exchange::Account& account) {
    if (!account.connected) return "not connected";
    if (!account.end) return "silent";
    return *account.end == ECONNRESET ? "reset" : "closed";
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

bool is_accepted(const wire::ConnectionConfirm& confirm, const Wish& wish) {
    if (confirm.kind == Kind::plain) return wish.selected == protocol::rdp;
    return confirm.kind == Kind::response && confirm.protocol == wish.selected;
}

std::string failure_of(const wire::ConnectionConfirm& confirm) {
    const std::string_view name = wire::failure_name(confirm.failure_code);
    return name.empty() ? std::to_string(confirm.failure_code) : std::string(name);
}

AskedFacts protocol_facts(const Wish& wish, const Exchange::Account& account) {
    AskedFacts facts;
    facts.name = wish.name;
    const auto& confirm = account.confirm;
    facts.accepted = confirm && is_accepted(*confirm, wish);
    if (*facts.accepted) return facts;
    if (!confirm)
        facts.answer = ending(account);
    else if (confirm->kind == Kind::failure)
        facts.answer = failure_of(*confirm);
    else
        facts.answer = joined(wire::protocol_names(confirm->protocol));
    return facts;
}

AskedFacts version_facts(const Survey::Version& version) {
    const Exchange::Account& account = version.account;
    AskedFacts facts;
    facts.name = wire::tls_version_name(version.version);
    facts.accepted = account.tls_version == version.version;
    if (*facts.accepted) return facts;
    if (account.alert)
        facts.answer = std::string(wire::alert_name(*account.alert));
    else if (account.tls_version)
        facts.answer = wire::tls_version_name(account.tls_version);
    if (!facts.answer || facts.answer->empty()) facts.answer = ending(account);
    return facts;
}

}  // namespace

Maybe<std::string> nla_of(const std::vector<Asked>& asked) {
    constexpr std::uint32_t hybrid_required = 5;  // [MS-RDPBCGR] 2.2.1.2.2
    const Asked* const both = find(asked, protocol::ssl | protocol::hybrid);
    if (!both || !both->account.confirm) return std::nullopt;
    const wire::ConnectionConfirm& answer = *both->account.confirm;
    if (answer.kind != Kind::response || answer.protocol != protocol::hybrid) return "not-offered";
    const Asked* const tls_alone = find(asked, protocol::ssl);
    const bool required = tls_alone && tls_alone->account.confirm &&
                          tls_alone->account.confirm->kind == Kind::failure &&
                          tls_alone->account.confirm->failure_code == hybrid_required;
    return required ? "required" : "offered";
}

void add_survey(const Survey& survey, const CheckAccount& account, Facts& facts) {
    CheckFacts& check = facts.check;
    for (const Wish& wish : wishes) {
        const Asked* const asked = find(survey.protocols, wish.requested);
        if (asked)
            check.protocols.push_back(protocol_facts(wish, asked->account));
        else
            check.missing.emplace_back(wish.name);
    }
    for (const auto& version : survey.versions) {
        if (version.asked)
            check.tls_versions.push_back(version_facts(version));
        else
            check.missing.push_back(wire::tls_version_name(version.version));
    }
    for (const auto& address : account.addresses.addresses)
        if (!address.tried) check.missing.push_back("address " + address.address);
    check.nla = nla_of(survey.protocols);
}

void survey_fully(const CheckPlan& plan, CheckAccount& account, Facts& facts) {
    add_survey(check_fully(plan, account), account, facts);
}

}  // namespace preflight

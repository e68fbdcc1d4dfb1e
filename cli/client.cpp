// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/client.hpp"

#include <CLI/CLI.hpp>

#include "cli/client_version.hpp"
#include "computer/process.hpp"

namespace preflight::cli {
namespace {

struct Client {
    std::string program;
    std::string version;
};

bool is_version(const std::string& text) {
    return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

Client read(const std::string& wanted) {
    if (is_version(wanted)) return {wanted[0] == '2' ? "xfreerdp" : "xfreerdp3", wanted};
    const auto colon = wanted.rfind(':');
    if (colon == wanted.npos || !is_version(wanted.substr(colon + 1))) return {wanted, ""};
    return {wanted.substr(0, colon), wanted.substr(colon + 1)};
}

/// A name with a 3 at its end belongs to FreeRDP 3; without, it may be either.
std::string version_of(const std::string& program) {
    constexpr std::chrono::seconds limit{2};
    const std::string told =
        family_of(program) == "freerdp" ? version_in(what_it_says(program, limit)) : "";
    if (!told.empty()) return told;
    const bool named_3 = !program.empty() && program.back() == '3';
    const std::string first = library_version(named_3 ? 3 : 2);
    const std::string version = first.empty() && !named_3 ? library_version(3) : first;
    return version.empty() ? "3" : version;
}

}  // namespace

void add_client_option(CLI::App& command, std::string& client) {
    command
        .add_option("--client", client,
                    "spell commands for this client, such as xfreerdp3, 2.11, remmina")
        ->type_name("NAME[:VERSION]");
}

std::string installed_client() {
    for (const char* name : {"xfreerdp3", "xfreerdp", "sdl-freerdp3", "sdl-freerdp", "wlfreerdp3",
                             "wlfreerdp", "sfreerdp"})
        if (!path_of(name).empty()) return name;
    return "xfreerdp3";
}

ClientFacts client_facts(const std::string& wanted) {
    Client client = read(wanted);
    if (client.program.empty()) client.program = installed_client();
    if (client.version.empty()) client.version = version_of(client.program);
    ClientFacts facts;
    describe_process(facts);
    facts.program = client.program;
    facts.family = family_of(client.program);
    facts.freerdp_version = client.version;
    return facts;
}

}  // namespace preflight::cli

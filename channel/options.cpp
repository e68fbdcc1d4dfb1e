// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/options.hpp"

#include <charconv>
#include <string_view>

namespace preflight {
namespace {

constexpr int longest_wait = 3600;

struct Option {
    std::string_view name;
    std::string_view value;  ///< what it takes, as shown to the user; empty: nothing
    std::string_view meaning;
    bool (*set)(Options&, const std::string& value);
};

bool set_text(std::string& target, const std::string& value) {
    if (value.empty()) return false;
    target = value;
    return true;
}

bool set_wait(Options& options, const std::string& value) {
    int seconds = -1;
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, seconds);
    if (error != std::errc{} || stop != end || seconds < 0 || seconds > longest_wait) return false;
    options.wait = std::chrono::seconds(seconds);
    return true;
}

bool set_colour(Options& options, const std::string& value) {
    if (value != "auto" && value != "always" && value != "never") return false;
    options.colour = value;
    return true;
}

bool set_errinfo(Options& options, const std::string& value) {
    if (value != "off" && value != "on") return false;
    options.errinfo = value == "on";
    return true;
}

bool set_probe(Options& options, const std::string& value) {
    if (value != "off" && value != "on") return false;
    options.probe = value == "on";
    return true;
}

constexpr Option all[] = {
    {"json", "FILE", "write the report and all facts to FILE as JSON",
     [](Options& o, const std::string& v) { return set_text(o.json_file, v); }},
    {"text", "FILE", "write the report to FILE, not to standard error",
     [](Options& o, const std::string& v) { return set_text(o.text_file, v); }},
    {"verbose", "", "add all facts and the ladder of what was sent and received",
     [](Options& o, const std::string&) { return o.detail = Detail::verbose, true; }},
    {"quiet", "", "one line per failure",
     [](Options& o, const std::string&) { return o.detail = Detail::line, true; }},
    {"color", "auto|always|never", "colours; auto means on a terminal", set_colour},
    {"catalog", "DIR", "add the explanations in DIR/*.toml, or override ours with them",
     [](Options& o, const std::string& v) { return set_text(o.catalogue, v); }},
    {"wait", "SECONDS", "say what is awaited when the server stays silent (10; 0: never)",
     set_wait},
    {"errinfo", "on|off", "ask the server to tell its reason when it ends the connection (on)",
     set_errinfo},
    {"probe", "on|off", "after a failure ask the host again, without signing in (on)", set_probe},
    {"check", "", "ask the host first, and say what would stop the connection or ends soon",
     [](Options& o, const std::string&) { return o.check = true; }},
    {"help", "", "this list", [](Options& o, const std::string&) { return o.help = true; }},
};

std::string spelling(const Option& option) {
    std::string text(option.name);
    if (!option.value.empty()) text.append(":").append(option.value);
    return text;
}

std::string names() {
    std::string text;
    for (const Option& option : all) text.append(text.empty() ? "" : " ").append(option.name);
    return text;
}

const Option* find(std::string_view name) {
    for (const Option& option : all)
        if (option.name == name) return &option;
    return nullptr;
}

std::string problem_with(const Option& option, const std::string& argument) {
    if (option.value.empty())
        return "option " + argument + ": " + std::string(option.name) + " takes no value";
    const std::string allowed =
        option.name == "wait" ? "wait:0 to wait:3600, in seconds" : spelling(option);
    return "option " + argument + " is not understood; allowed: " + allowed;
}

void read(const std::string& argument, ParsedOptions& result) {
    const auto colon = argument.find(':');
    const bool has_value = colon != argument.npos;
    const std::string value = has_value ? argument.substr(colon + 1) : "";
    const Option* option = find(std::string_view(argument).substr(0, colon));
    if (!option)
        result.problems.push_back("unknown option " + argument + "; allowed: " + names());
    else if (option->value.empty() == has_value || !option->set(result.options, value))
        result.problems.push_back(problem_with(*option, argument));
}

}  // namespace

ParsedOptions parse_options(const std::vector<std::string>& arguments) {
    ParsedOptions result;
    for (const std::string& argument : arguments)
        if (!argument.empty()) read(argument, result);
    return result;
}

std::string options_help() {
    constexpr std::size_t column = 26;
    std::string text = "preflight explains why a connection failed. Options, after a comma each:\n";
    for (const Option& option : all) {
        std::string line = "  " + spelling(option);
        line.resize(std::max(line.size() + 2, column), ' ');
        text.append(line).append(option.meaning).append("\n");
    }
    return text + "Example: /vc:preflight,verbose,json:/tmp/report.json\n";
}

}  // namespace preflight

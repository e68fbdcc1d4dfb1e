// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "diagnose/command.hpp"

#include <algorithm>

#include "diagnose/rules.hpp"
#include "diagnose/version.hpp"

namespace preflight {
namespace {

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./:,@%+=").find(c) != std::string_view::npos;
}

bool is_plain_word(const std::string& word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), is_plain);
}

std::string fact_or(const FactView& facts, std::string_view path, const char* otherwise) {
    const Value* value = facts.find(path);
    return value ? text_of(*value) : otherwise;
}

std::string endpoint(const FactView& facts) {
    if (const Value* value = facts.find("target.endpoint")) return text_of(*value);
    std::string host = fact_or(facts, "target.host", "HOST");
    if (host.find(':') != std::string::npos && host.front() != '[') host = "[" + host + "]";
    const std::string port = fact_or(facts, "target.port", "3389");
    return port == "3389" ? host : host + ":" + port;
}

bool names(const std::vector<std::string>& args, std::string_view option) {
    return std::any_of(args.begin(), args.end(),
                       [&](const std::string& arg) { return arg.rfind(option, 0) == 0; });
}

/// How this client is told to go through the gateway in use; empty where there is none, or where
/// the arguments do so themselves.
std::string through_gateway(const FactView& facts, const std::vector<std::string>& args) {
    const Value* value = facts.find("gateway.used");
    const bool* used = value ? std::get_if<bool>(value) : nullptr;
    if (!used || !*used || names(args, "/g:") || names(args, "/gateway:")) return {};
    const std::string gateway = fact_or(facts, "gateway.endpoint", "");
    if (gateway.empty()) return {};
    const bool old = in_range(fact_or(facts, "client.freerdp_version", ""), "<3.0.0");
    return (old ? "/g:" : "/gateway:g:") + gateway;
}

/// The lines of `command`, or nothing when one names a fact that was not observed. A value that
/// would need quoting in a shell whose quoting depends on the place rules the command out.
std::optional<std::vector<std::string>> fill_lines(const std::vector<Template>& command,
                                                   const std::string& shell,
                                                   const FixContext& context) {
    bool safe = true;
    const Quoting quote = [&](std::string value) {
        if (shell == "sh") return shell_quoted(value);
        if (!is_plain_word(value)) safe = false;
        return value;
    };
    std::vector<std::string> lines;
    for (const auto& line : command) {
        Filled filled = fill(line.text, context.facts, context.codes, quote);
        if (!filled.complete || !safe) return std::nullopt;
        lines.push_back(std::move(filled.text));
    }
    return lines;
}

std::optional<std::vector<std::string>> fill_args(const Spelling& spelling,
                                                  const FixContext& context) {
    std::vector<std::string> args;
    for (const auto& arg : spelling.args) {
        Filled filled = fill(arg.text, context.facts, context.codes);
        if (!filled.complete) return std::nullopt;
        args.push_back(std::move(filled.text));
    }
    return args;
}

/// `xfreerdp3 /v:HOST ARGS`, with the environment's change in front.
std::string command_line(const Spelling& spelling, const std::vector<std::string>& args,
                         const FactView& facts) {
    std::string line = spelling.env.empty() ? "" : spelling.env + " ";
    line += shell_quoted(fact_or(facts, "client.program", "xfreerdp"));
    if (!names(args, "/v:")) line += " " + shell_quoted("/v:" + endpoint(facts));
    if (const std::string gateway = through_gateway(facts, args); !gateway.empty())
        line += " " + shell_quoted(gateway);
    for (const auto& arg : args) line += " " + shell_quoted(arg);
    return line;
}

/// Which spelling fits: the client's own first; a program that embeds FreeRDP gets the arguments.
const Spelling* find_spelling(const Action& action, const FactView& facts) {
    const std::string family = fact_or(facts, "client.family", "freerdp");
    const std::string version = fact_or(facts, "client.freerdp_version", "");
    for (const std::string& client : {family, std::string("freerdp")})
        for (const auto& spelling : action.spellings)
            if (spelling.client == client && in_range(version, spelling.versions)) return &spelling;
    return nullptr;
}

/// For a program without a command line of FreeRDP's: the arguments in words.
std::string as_options(const std::string& text, const std::vector<std::string>& args) {
    std::string options;
    for (const auto& arg : args) options += (options.empty() ? "" : " ") + arg;
    return options.empty() ? text : text + " (FreeRDP's option " + options + ")";
}

bool apply_args(const Spelling& spelling, const FixContext& context, Fix& fix) {
    const auto args = fill_args(spelling, context);
    if (!args) return false;
    if (fact_or(context.facts, "client.family", "freerdp") != "freerdp") {
        fix.text = as_options(fix.text, *args);
        return true;
    }
    fix.shell = "sh";
    fix.command = {command_line(spelling, *args, context.facts)};
    return true;
}

bool apply_spelling(const Spelling& spelling, const FixContext& context, Fix& fix) {
    if (!spelling.words.text.empty()) {
        Filled words = fill(spelling.words.text, context.facts, context.codes);
        fix.text += ": " + words.text;
        return words.complete;
    }
    if (spelling.shell.empty()) return apply_args(spelling, context, fix);
    auto lines = fill_lines(spelling.shell, "sh", context);
    if (!lines) return false;
    fix.shell = "sh";
    fix.command = std::move(*lines);
    return true;
}

bool apply_action(const Action& action, const FixContext& context, Fix& fix) {
    if (fix.kind.empty()) fix.kind = action.kind;
    const Spelling* spelling = find_spelling(action, context.facts);
    return spelling && apply_spelling(*spelling, context, fix);
}

bool apply_command(const FixEntry& entry, const FixContext& context, Fix& fix) {
    auto lines = fill_lines(entry.command, entry.shell, context);
    if (!lines) return false;
    fix.shell = entry.shell;
    fix.command = std::move(*lines);
    return true;
}

}  // namespace

std::string shell_quoted(const std::string& word) {
    if (is_plain_word(word)) return word;
    std::string quoted = "'";
    for (char c : word) c == '\'' ? quoted += "'\\''" : quoted += c;
    return quoted + "'";
}

std::optional<Fix> make_fix(const FixEntry& entry, const FixContext& context) {
    if (!entry.when.empty() && !first_match(entry.when, context.facts)) return std::nullopt;
    const auto found = context.model.actions.find(entry.action);
    const Action* action = found == context.model.actions.end() ? nullptr : &found->second;
    const Template& text = entry.text.text.empty() && action ? action->text : entry.text;
    Filled filled = fill(text.text, context.facts, context.codes);
    if (!filled.complete) return std::nullopt;

    Fix fix{entry.who, entry.kind, std::move(filled.text), "", {}, entry.source};
    if (fix.who.empty()) fix.who = "you";
    if (!entry.action.empty() && (!action || !apply_action(*action, context, fix)))
        return std::nullopt;
    if (!entry.command.empty() && !apply_command(entry, context, fix)) return std::nullopt;
    if (fix.kind.empty()) fix.kind = "lasting";
    return fix;
}

}  // namespace preflight

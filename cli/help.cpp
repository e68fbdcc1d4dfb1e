// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/help.hpp"

#include "report/page.hpp"

namespace preflight::cli {
namespace {

constexpr int label_end = 24;  ///< where meanings begin

std::vector<const CLI::Option*> shown(const CLI::App& app, bool positional) {
    return app.get_options([positional](const CLI::Option* option) {
        return !option->get_group().empty() && option->get_positional() == positional &&
               option->nonpositional() != positional;
    });
}

/// "-h,--help", "--width N".
std::string spelling(const CLI::Option& option) {
    std::string text;
    for (const auto& name : option.get_snames()) text += (text.empty() ? "-" : ",-") + name;
    for (const auto& name : option.get_lnames()) text += (text.empty() ? "--" : ",--") + name;
    if (option.get_items_expected_max() > 0 && !option.get_type_name().empty())
        text += " " + option.get_type_name();
    return text;
}

void put(Page& page, const std::string& label, const std::string& meaning) {
    const bool fits = display_width(label) + 4 <= label_end;
    if (!fits) page.verbatim(2, label);
    page.paragraph({label_end, label_end, fits ? label : ""}, meaning);
}

/// "tell what a code means" → "Tell what a code means."
std::string as_sentence(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    if (!text.empty() && text.back() != '.') text += '.';
    return text;
}

std::string usage(const CLI::App& app, const std::string& name) {
    std::string line = "Usage: " + name;
    const auto commands = app.get_subcommands({});
    if (!commands.empty()) return line + " COMMAND …";
    if (!shown(app, false).empty()) line += " [OPTION]…";
    for (const auto* option : shown(app, true)) {
        line += option->get_required() ? " " + option->get_name() : " [" + option->get_name() + "]";
        if (option->get_items_expected_max() > 1) line += "…";
    }
    return line;
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode) const {
    TextStyle style = style_for(1, "never", Detail::report);
    style.width = std::min(style.width, 80);
    Page page(style);
    const auto* parent = app->get_parent();
    if (parent) name = parent->get_name() + " " + app->get_name();
    page.paragraph({0, 7, ""}, usage(*app, name));
    page.paragraph({0, 0, ""}, as_sentence(app->get_description()));
    page.blank();
    for (const auto* command : app->get_subcommands({}))
        put(page, command->get_name(), command->get_description());
    if (!app->get_subcommands({}).empty()) page.blank();
    for (const auto* option : shown(*app, false))
        put(page, spelling(*option), option->get_description());
    // CLI11 hands the program's footer down to its commands.
    if (!app->get_footer().empty() && (!parent || parent->get_footer() != app->get_footer())) {
        page.blank();
        page.paragraph({0, 0, ""}, app->get_footer());
    }
    return page.text();
}

}  // namespace preflight::cli

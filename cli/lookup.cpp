// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/lookup.hpp"

#include <algorithm>

#include "diagnose/codes.hpp"

namespace preflight::cli {
namespace {

bool allowed(const Table& table, std::string_view only) {
    return only.empty() || table.name == only;
}

/// Capital letters, with underscores for everything that joins words.
std::string normal(std::string_view name) {
    std::string text;
    for (char c : name) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        text += c == ' ' || c == '-' ? '_' : c;
    }
    return text;
}

/// What stands before the part of a name that its table has too, and the tables that it leads to;
/// empty: any.
struct Prefix {
    std::string_view text;
    std::string_view tables;
};
constexpr Prefix prefixes[] = {
    {"FREERDP_ERROR_CONNECT_", "freerdp"},
    {"FREERDP_ERROR_", "freerdp errinfo"},
    {"ERRCONNECT_CONNECT_", "freerdp"},
    {"ERRCONNECT_", "freerdp"},
    {"ERRINFO_", "errinfo"},
    {"XF_EXIT_", "xfreerdp-exit"},
    {"STATUS_", ""},
    {"SSL_AD_", "tls-alert"},
    {"SSL_R_TLSV1_ALERT_", "tls-alert"},
    {"SSL_R_SSLV3_ALERT_", "tls-alert"},
    {"SSL_R_TLSV13_ALERT_", "tls-alert"},
    {"TLSV1_ALERT_", "tls-alert"},
    {"SSLV3_ALERT_", "tls-alert"},
    {"TLSV13_ALERT_", "tls-alert"},
    {"SSL/TLS_ALERT_", "tls-alert"},
    {"TLS_ALERT_", "tls-alert"},
    {"SSL_ALERT_", "tls-alert"},
    {"ALERT_", "tls-alert"},
    {"SSL_R_", "tls-reason"},
    {"X509_V_ERR_", "x509"},
    {"KRB5KDC_ERR_", "krb5"},
    {"KRB5KRB_", "krb5"},
    {"KRB5_", "krb5"},
    {"RDSTLS_RESULT_", "rdstls"},
    {"SEC_E_", "sspi"},
    {"E_PROXY_", "gateway"},
    {"ERR_", ""},
    {"DISCONNECTREASON", "mstsc"},
    {"EXDISCREASON", "mstsc-extended"},
    {"LOGON_MSG_", "logon-error"},
};

Prefix prefix_of(std::string_view name) {
    for (const auto& prefix : prefixes)
        if (name.size() > prefix.text.size() && name.substr(0, prefix.text.size()) == prefix.text)
            return prefix;
    return {};
}

std::string_view without_prefix(std::string_view name) {
    return name.substr(prefix_of(name).text.size());
}

/// Whether a name with this prefix may stand in `table`.
bool may_be_in(const Prefix& prefix, const Table& table) {
    const std::string all = " " + std::string(prefix.tables) + " ";
    return prefix.tables.empty() || all.find(" " + std::string(table.name) + " ") != all.npos;
}

/// Calls `take` for each row of the tables that `only` admits.
template <class Take>
void each_row(const Model& model, std::string_view only, Take take) {
    for (const auto& table : tables()) {
        const auto rows = model.codes.find(table.name);
        if (rows == model.codes.end() || !allowed(table, only)) continue;
        for (const auto& [key, row] : rows->second) take(Found{&table, key, &row});
    }
}

/// A code that stands under several numbers is listed once, under the last: a Kerberos error under
/// the one of the wire.
void add(std::vector<Found>& all, const Found& found) {
    for (auto& other : all) {
        if (other.table != found.table || other.column("name") != found.column("name")) continue;
        other = found;
        return;
    }
    all.push_back(found);
}

void add_key(const Model& model, const Table& table, const std::string& key,
             std::vector<Found>& all) {
    const auto rows = model.codes.find(table.name);
    if (rows == model.codes.end()) return;
    const auto row = rows->second.find(key);
    if (row != rows->second.end()) all.push_back({&table, key, &row->second});
}

/// Tables whose codes nobody writes in hexadecimal.
bool decimal_only(const Table& table) {
    return table.writing == Writing::decimal && table.name != "neg-failure" &&
           table.name != "license";
}

/// The same failure under the number that another layer gives to it: (table, value).
struct Disguise {
    std::string_view table;
    std::int64_t value;
};

std::vector<Disguise> disguises(std::int64_t value) {
    constexpr std::int64_t low_half = 0xffff;
    const std::int64_t high = value >> 16;
    if (high == 0x0001) return {{"errinfo", value & low_half}};  // FreeRDP's class for error info
    if (high == 0x8007) return {{"rdstls", value & low_half}};   // HRESULT of a Windows error
    if (high >> 12 == 0xd) return {{"ntstatus", value & ~0x10000000LL}};  // HRESULT of an NTSTATUS
    return {};
}

bool is_asked_for(const Condition& condition, const Found& found) {
    const std::string facts = " " + std::string(found.table->facts) + " ";
    if (facts.find(" " + condition.fact + " ") == facts.npos) return false;
    return std::any_of(condition.any.begin(), condition.any.end(), [&](const Literal& literal) {
        if (const auto* number = std::get_if<std::int64_t>(&literal))
            return std::to_string(*number) == found.key;
        const auto* text = std::get_if<std::string>(&literal);
        return text && (*text == found.column("name") || code_key(*text) == found.key);
    });
}

bool is_asked_for(const Entry& entry, const Found& found) {
    return std::any_of(entry.when.begin(), entry.when.end(), [&](const Rule& rule) {
        return std::any_of(rule.all.begin(), rule.all.end(), [&](const Condition& condition) {
            return is_asked_for(condition, found);
        });
    });
}

}  // namespace

const std::string& Found::column(std::string_view name) const {
    static const std::string none;
    const auto cell = row->columns.find(name);
    return cell == row->columns.end() ? none : cell->second;
}

const Entry* find_entry(const Model& model, std::string_view id) {
    const std::string wanted = normal(id);
    for (const auto& entry : model.entries)
        if (normal(entry.id) == wanted) return &entry;
    return nullptr;
}

std::vector<Found> find_name(const Model& model, std::string_view name, std::string_view only) {
    const std::string wanted = normal(name);
    std::vector<Found> exact;
    std::vector<Found> similar;
    each_row(model, only, [&](const Found& found) {
        const std::string own = normal(found.column("name"));
        if (own == wanted || normal(found.key) == wanted)
            add(exact, found);
        else if (without_prefix(own) == without_prefix(wanted) &&
                 may_be_in(prefix_of(wanted), *found.table))
            add(similar, found);
    });
    return exact.empty() ? similar : exact;
}

std::vector<Found> find_exact_name(const Model& model, std::string_view name) {
    std::vector<Found> all;
    each_row(model, {}, [&](const Found& found) {
        if (found.column("name") == name) add(all, found);
    });
    return all;
}

std::vector<Found> find_number(const Model& model, const Number& number, std::string_view only) {
    constexpr std::int64_t one_more_than_32_bits = 0x100000000;
    const bool negative = number.value < 0;
    const auto value = negative ? number.value + one_more_than_32_bits : number.value;
    std::vector<Found> all;
    for (const auto& table : tables()) {
        if (!allowed(table, only) || table.writing == Writing::text) continue;
        if (number.hex && only.empty() && decimal_only(table)) continue;
        add_key(model, table, std::to_string(value), all);
        if (negative) add_key(model, table, std::to_string(number.value), all);
        // libkrb5's errors are negative numbers, and so they stand in the table.
        if (!negative && value > INT32_MAX && table.name == "krb5")
            add_key(model, table, std::to_string(value - one_more_than_32_bits), all);
    }
    if (!all.empty()) return all;
    for (const auto& [name, other] : disguises(value))
        if (const Table* table = find_table(name); table && allowed(*table, only))
            add_key(model, *table, std::to_string(other), all);
    return all;
}

std::vector<const Entry*> causes_of(const Model& model, const Found& found) {
    std::vector<const Entry*> causes;
    const auto add_entry = [&](const Entry* entry) {
        if (entry && std::find(causes.begin(), causes.end(), entry) == causes.end())
            causes.push_back(entry);
    };
    for (const auto& id : found.row->leads_to) add_entry(find_entry(model, id));
    // An exit code without causes of its own has those of the code behind it.
    if (found.table->name == "xfreerdp-exit" && causes.empty())
        for (const std::string_view table : {"freerdp", "errinfo"})
            if (const auto number = read_number(found.column(table)))
                for (const auto& code : find_number(model, *number, table))
                    for (const auto* cause : causes_of(model, code)) add_entry(cause);
    for (const auto& entry : model.entries)
        if (entry.role == Role::cause && is_asked_for(entry, found)) add_entry(&entry);
    return causes;
}

std::vector<Found> codes_of(const Model& model, std::string_view id) {
    std::vector<Found> all;
    each_row(model, {}, [&](const Found& found) {
        const auto& ids = found.row->leads_to;
        if (std::find(ids.begin(), ids.end(), id) != ids.end()) add(all, found);
    });
    return all;
}

}  // namespace preflight::cli

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
//
// Preloaded into a client (LD_PRELOAD): knows every block of memory that the add-on has allocated,
// and searches it for the secrets of PREFLIGHT_SECRETS (name=hex,name=hex) when it is given back,
// and what is left of it, with the add-on's own variables, when the client ends. What it saw goes
// to the file PREFLIGHT_WITNESS. Linux with glibc.
#include <fcntl.h>
#include <link.h>
#include <unistd.h>
#include <unwind.h>

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void __libc_free(void*);
}

namespace {

struct Range {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    bool holds(std::uintptr_t address) const { return address >= begin && address < end; }
};

struct Secret {
    char name[16];
    unsigned char bytes[64];
    std::size_t size;
};

struct Block {
    void* address;
    std::size_t size;
};

constexpr char add_on[] = "libpreflight-client";
// What works for the add-on when it allocates: a frame of these is not the one who asked.
constexpr const char* helpers[] = {"witness", "libstdc++", "libc.so", "libgcc", "libcrypto"};
constexpr std::size_t table_size = 1 << 18;  // blocks alive at one time

std::array<Secret, 4> secrets;
std::size_t secret_count = 0;
std::array<Range, 8> helper_code;
std::size_t helper_count = 0;
Range add_on_code;
std::array<Range, 8> add_on_data;
std::size_t data_count = 0;
std::atomic<bool> present{false};

Block* table = nullptr;
std::atomic_flag lock = ATOMIC_FLAG_INIT;
std::atomic<unsigned long> allocations{0};
std::atomic<unsigned long> bytes{0};
std::atomic<unsigned long> hits{0};
std::atomic<unsigned long> lost{0};
int output = -1;
thread_local bool busy = false;

class Held {
  public:
    Held() {
        while (lock.test_and_set(std::memory_order_acquire)) {
        }
    }
    ~Held() { lock.clear(std::memory_order_release); }
};

/// dprintf allocates.
__attribute__((format(printf, 1, 2))) void say(const char* format, ...) {
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    const int size = std::vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (size > 0 && write(output, line, static_cast<std::size_t>(size)) < 0) ++lost;
}

void search(const char* where, const void* address, std::size_t size) {
    for (std::size_t i = 0; i < secret_count; ++i) {
        const Secret& secret = secrets[i];
        if (size < secret.size || !memmem(address, size, secret.bytes, secret.size)) continue;
        ++hits;
        say("hit %s %s, block of %zu bytes\n", secret.name, where, size);
    }
}

std::size_t place_of(const void* address) {
    const auto number = reinterpret_cast<std::uintptr_t>(address) >> 4;
    return (number * 0x9e3779b97f4a7c15u >> 32) % table_size;
}

/// The entry of a block, or the free one where it would be; nullptr in a full table.
Block* find(const void* address) {
    std::size_t place = place_of(address);
    for (std::size_t tries = 0; tries < table_size; ++tries, place = (place + 1) % table_size) {
        if (!table[place].address || table[place].address == address) return &table[place];
    }
    return nullptr;
}

void remember(void* address, std::size_t size) {
    const Held held;
    Block* block = find(address);
    if (!block) {
        ++lost;
        return;
    }
    *block = {address, size};
    ++allocations;
    bytes += size;
}

/// Takes a block out of the table, searched; those behind it move up. Whether it was there.
bool forget(void* address) {
    if (!address || !present.load(std::memory_order_acquire)) return false;
    const Held held;
    Block* block = find(address);
    if (!block || block->address != address) return false;
    search("given back", block->address, block->size);
    *block = {};
    std::size_t place = static_cast<std::size_t>(block - table);
    for (;;) {
        place = (place + 1) % table_size;
        if (!table[place].address) return true;
        const Block moved = table[place];
        table[place] = {};
        *find(moved.address) = moved;
    }
}

struct Walk {
    bool found = false;
    int depth = 0;
};

_Unwind_Reason_Code step(_Unwind_Context* context, void* data) {
    auto* walk = static_cast<Walk*>(data);
    const std::uintptr_t address = _Unwind_GetIP(context);
    if (add_on_code.holds(address)) {
        walk->found = true;
        return _URC_END_OF_STACK;
    }
    for (std::size_t i = 0; i < helper_count; ++i)
        if (helper_code[i].holds(address))
            return ++walk->depth < 32 ? _URC_NO_REASON : _URC_END_OF_STACK;
    return _URC_END_OF_STACK;
}

bool called_by_add_on() {
    Walk walk;
    _Unwind_Backtrace(step, &walk);
    return walk.found;
}

Range range_of(const dl_phdr_info& info, const ElfW(Phdr) & segment) {
    const std::uintptr_t begin = info.dlpi_addr + segment.p_vaddr;
    return {begin, begin + segment.p_memsz};
}

int look_at(dl_phdr_info* info, std::size_t, void* result) {
    const bool is_add_on = std::strstr(info->dlpi_name, add_on) != nullptr;
    bool is_helper = false;
    for (const char* name : helpers)
        is_helper = is_helper || std::strstr(info->dlpi_name, name) != nullptr;
    if (!is_add_on && !is_helper) return 0;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& segment = info->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD) continue;
        const Range range = range_of(*info, segment);
        if (segment.p_flags & PF_X) {
            if (is_add_on)
                add_on_code = range;
            else if (helper_count < helper_code.size())
                helper_code[helper_count++] = range;
        } else if (is_add_on && segment.p_flags & PF_W && data_count < add_on_data.size()) {
            add_on_data[data_count++] = range;
        }
    }
    if (is_add_on) *static_cast<bool*>(result) = true;
    return 0;
}

int count_loads(dl_phdr_info* info, std::size_t, void* result) {
    *static_cast<unsigned long long*>(result) = info->dlpi_adds;
    return 1;
}

/// Whether the add-on is there; looks anew whenever something was loaded.
bool add_on_is_there() {
    if (present.load(std::memory_order_acquire)) return true;
    static std::atomic<unsigned long long> looked_at{0};
    unsigned long long loads = 0;
    dl_iterate_phdr(count_loads, &loads);
    if (loads == looked_at.load()) return false;
    // No waiting here: the thread that loads something holds the loader's lock.
    static std::atomic_flag looking = ATOMIC_FLAG_INIT;
    if (looking.test_and_set()) return false;
    looked_at = loads;
    helper_count = data_count = 0;
    bool found = false;
    dl_iterate_phdr(look_at, &found);
    if (found) present.store(true, std::memory_order_release);
    looking.clear();
    return found;
}

void* noted(void* address, std::size_t size) {
    if (!address || busy || output < 0) return address;
    busy = true;
    if (add_on_is_there() && called_by_add_on()) remember(address, size);
    busy = false;
    return address;
}

void read_secrets(const char* text) {
    while (text && *text && secret_count < secrets.size()) {
        Secret& secret = secrets[secret_count];
        const std::size_t name = std::strcspn(text, "=");
        if (name >= sizeof secret.name || text[name] != '=') return;
        std::memcpy(secret.name, text, name);
        text += name + 1;
        unsigned value = 0;
        while (secret.size < sizeof secret.bytes && std::sscanf(text, "%2x", &value) == 1) {
            secret.bytes[secret.size++] = static_cast<unsigned char>(value);
            text += 2;
        }
        if (secret.size > 0) ++secret_count;
        if (*text == ',') ++text;
    }
}

__attribute__((constructor)) void begin() {
    const char* file = std::getenv("PREFLIGHT_WITNESS");
    if (!file) return;
    read_secrets(std::getenv("PREFLIGHT_SECRETS"));
    table = static_cast<Block*>(__libc_calloc(table_size, sizeof(Block)));
    if (table) output = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

__attribute__((destructor)) void end() {
    if (output < 0) return;
    busy = true;
    const Held held;
    unsigned long left = 0;
    for (std::size_t i = 0; i < table_size; ++i) {
        if (!table[i].address) continue;
        ++left;
        search("kept", table[i].address, table[i].size);
    }
    for (std::size_t i = 0; i < data_count; ++i)
        search("variables", reinterpret_cast<const void*>(add_on_data[i].begin),
               add_on_data[i].end - add_on_data[i].begin);
    say("secrets %zu\nallocations %lu\nbytes %lu\nleft %lu\nlost %lu\nhits %lu\n", secret_count,
        allocations.load(), bytes.load(), left, lost.load(), hits.load());
    output = -1;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) { return noted(__libc_malloc(size), size); }

void* calloc(std::size_t count, std::size_t size) {
    return noted(__libc_calloc(count, size), count * size);
}

void* realloc(void* address, std::size_t size) {
    forget(address);
    return noted(__libc_realloc(address, size), size);
}

void free(void* address) {
    forget(address);
    __libc_free(address);
}
}

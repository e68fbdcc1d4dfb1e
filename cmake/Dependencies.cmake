# SPDX-License-Identifier: Apache-2.0
# Finds what preflight is built with. Whatever is missing ends configuration with one line that names
# the package to install.

# preflight_missing(WHAT DEBIAN FEDORA BREW)
function(preflight_missing what debian fedora brew)
  message(FATAL_ERROR "${what} is missing: install ${debian} (Debian, Ubuntu), ${fedora} (Fedora) "
                      "or ${brew} (Homebrew).")
endfunction()

find_package(PkgConfig QUIET)
if(NOT PkgConfig_FOUND)
  preflight_missing("pkg-config" pkgconf pkgconf pkgconf)
endif()

find_package(OpenSSL 1.1.1 QUIET)
if(NOT OpenSSL_FOUND)
  preflight_missing("OpenSSL" libssl-dev openssl-devel openssl@3)
endif()

find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h)
if(NOT TOMLPLUSPLUS_INCLUDE)
  preflight_missing("toml++" libtomlplusplus-dev tomlplusplus-devel tomlplusplus)
endif()
add_library(preflight-toml INTERFACE)
target_include_directories(preflight-toml SYSTEM INTERFACE ${TOMLPLUSPLUS_INCLUDE})
target_compile_definitions(preflight-toml INTERFACE TOML_HEADER_ONLY=1 TOML_EXCEPTIONS=0
                           TOML_ENABLE_FORMATTERS=0)

find_path(NLOHMANN_INCLUDE nlohmann/json.hpp)
if(NOT NLOHMANN_INCLUDE)
  preflight_missing("nlohmann-json" nlohmann-json3-dev json-devel nlohmann-json)
endif()
add_library(preflight-json INTERFACE)
target_include_directories(preflight-json SYSTEM INTERFACE ${NLOHMANN_INCLUDE})

# Header-only as well: Debian's package also has a library, which nobody needs here.
find_path(CLI11_INCLUDE CLI/CLI.hpp)
if(NOT CLI11_INCLUDE)
  preflight_missing("CLI11" libcli11-dev cli11-devel cli11)
endif()
add_library(preflight-cli11 INTERFACE)
target_include_directories(preflight-cli11 SYSTEM INTERFACE ${CLI11_INCLUDE})

if(PREFLIGHT_TESTS)
  pkg_check_modules(CMOCKA QUIET IMPORTED_TARGET cmocka)
  if(NOT CMOCKA_FOUND)
    preflight_missing("CMocka" libcmocka-dev libcmocka-devel cmocka)
  endif()
endif()

include(FreeRDP)

# What every target of motcua's own shares. Linked PRIVATE, so that nobody who
# links motcua inherits our warnings or sanitizers.
add_library(motcua_build_flags INTERFACE)
target_compile_features(motcua_build_flags INTERFACE cxx_std_20 c_std_99)
target_compile_options(motcua_build_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion>
  $<$<COMPILE_LANGUAGE:C>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion>)
if(MOTCUA_WERROR)
  target_compile_options(motcua_build_flags INTERFACE $<$<COMPILE_LANGUAGE:C,CXX>:-Werror>)
endif()
if(MOTCUA_SANITIZE)
  target_compile_options(motcua_build_flags INTERFACE
    $<$<COMPILE_LANGUAGE:C,CXX>:-fsanitize=${MOTCUA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer>)
  target_link_options(motcua_build_flags INTERFACE -fsanitize=${MOTCUA_SANITIZE})
endif()
if(MOTCUA_BUILD_FUZZERS)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "MOTCUA_BUILD_FUZZERS needs Clang; this is ${CMAKE_CXX_COMPILER_ID}")
  endif()
  target_compile_options(motcua_build_flags INTERFACE
    $<$<COMPILE_LANGUAGE:C,CXX>:-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer>)
  target_link_options(motcua_build_flags INTERFACE -fsanitize=address,undefined)
endif()

# Third-party headers are SYSTEM, so that warnings stay about our own code.
set(CMAKE_NO_SYSTEM_FROM_IMPORTED OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_EXTENSIONS OFF)
if(NOT CMAKE_BUILD_TYPE AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_BUILD_TYPE Release)
endif()

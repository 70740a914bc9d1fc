# Installs motcua::motcua (the C ABI, promised), motcua::core (C++, no ABI
# promise), their headers, the facts compiler, and what finds them.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/motcua)

install(TARGETS motcua EXPORT motcuaTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  COMPONENT c)
install(TARGETS motcua_core EXPORT motcuaCoreTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  COMPONENT core)
if(MOTCUA_JOURNAL)
  install(TARGETS motcua_journal EXPORT motcuaJournalTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    COMPONENT journal)
  install(EXPORT motcuaJournalTargets NAMESPACE motcua:: DESTINATION ${package_dir} COMPONENT journal)
endif()
install(TARGETS motcua_compile_facts RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT core)

install(FILES capi/motcua.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT c)
install(DIRECTORY capi/motcua DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT c
  FILES_MATCHING PATTERN *.h)
install(DIRECTORY core/motcua DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT core
  FILES_MATCHING PATTERN *.h PATTERN journal EXCLUDE)

install(EXPORT motcuaTargets NAMESPACE motcua:: DESTINATION ${package_dir} COMPONENT c)
install(EXPORT motcuaCoreTargets NAMESPACE motcua:: DESTINATION ${package_dir} COMPONENT core)
configure_package_config_file(cmake/motcuaConfig.cmake.in ${CMAKE_BINARY_DIR}/motcuaConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/motcuaConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/motcuaConfig.cmake ${CMAKE_BINARY_DIR}/motcuaConfigVersion.cmake
  DESTINATION ${package_dir} COMPONENT c)

# The .pc file finds its prefix from where it lies, so an install can be moved.
file(RELATIVE_PATH MOTCUA_PC_PREFIX
  ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/motcua.pc.in ${CMAKE_BINARY_DIR}/motcua.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/motcua.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT c)
if(MOTCUA_JOURNAL)
  configure_file(cmake/motcua-journal.pc.in ${CMAKE_BINARY_DIR}/motcua-journal.pc @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/motcua-journal.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT journal)
endif()

// The C library of the system, and the part of Foundation that brings no tables of languages with it: the one place that
// knows their names, for everybody who imports SystemFiles.
#if canImport(Darwin)
    @_exported import Darwin
#elseif canImport(Musl)
    @_exported import Musl
#else
    @_exported import Glibc
#endif

#if canImport(FoundationEssentials)
    @_exported import FoundationEssentials
#else
    @_exported import Foundation
#endif

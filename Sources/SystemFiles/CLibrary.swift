// The C library of the system, for everybody who works with the system's files: the one place that knows its name.
#if canImport(Darwin)
    @_exported import Darwin
#elseif canImport(Musl)
    @_exported import Musl
#else
    @_exported import Glibc
#endif

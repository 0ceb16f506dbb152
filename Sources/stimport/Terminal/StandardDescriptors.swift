import SystemFiles

/// Standard input, output and error as the process was given them.
enum StandardDescriptors {
    /// Takes the place of those that are closed (`>&-`): the next file to be opened would get the number otherwise, and
    /// the summary would be written into the ledger. What takes the place can't be read or written, so that using it
    /// fails as using a closed one does. To be called before anything is opened.
    static func reserve() {
        for descriptor in 0...Int32(2) where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            // The lowest number that is free: this one.
            _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
        }
    }
}

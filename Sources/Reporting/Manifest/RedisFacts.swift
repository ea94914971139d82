/// The server that a run used, as it described itself.
package struct RedisFacts: Codable, Sendable, Equatable {
    /// Its version.
    package var version: String
    /// `CONFIG GET save`.
    package var save: String
    /// `CONFIG GET appendonly`.
    package var appendonly: String
    /// `CONFIG GET appendfsync`.
    package var appendfsync: String
    /// `CONFIG GET maxmemory`, in bytes; 0: no limit.
    package var maxmemory: String
    /// `CONFIG GET maxmemory-policy`.
    package var maxmemoryPolicy: String
    /// `CONFIG GET io-threads`.
    package var ioThreads: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case version, save, appendonly, appendfsync, maxmemory
        case maxmemoryPolicy = "maxmemory-policy"
        case ioThreads = "io-threads"
    }

    /// Facts of the given values.
    package init(
        version: String, save: String, appendonly: String, appendfsync: String, maxmemory: String,
        maxmemoryPolicy: String, ioThreads: String
    ) {
        self.version = version
        self.save = save
        self.appendonly = appendonly
        self.appendfsync = appendfsync
        self.maxmemory = maxmemory
        self.maxmemoryPolicy = maxmemoryPolicy
        self.ioThreads = ioThreads
    }
}

/// A process that joined a run on several hosts, as it described itself.
package struct JoinedProcess: Codable, Sendable, Equatable {
    /// Its name in the run.
    package var name: String
    /// What it was for.
    package var role: String
    /// The machine that it ran on.
    package var host: HostFacts
    /// Versions of Swift and of the libraries that it is made of, by name.
    package var versions: [String: String]
    /// SHA-256 of the program.
    package var programSHA256: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, role, host, versions
        case programSHA256 = "program_sha256"
    }

    /// A process of the given values.
    package init(name: String, role: String, host: HostFacts, versions: [String: String], programSHA256: String) {
        self.name = name
        self.role = role
        self.host = host
        self.versions = versions
        self.programSHA256 = programSHA256
    }
}

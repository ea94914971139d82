/// A row of `processes.csv`: what one process of a run held at one moment.
package struct ProcessRow: CSVTable, Sendable, Equatable {
    package static let fileName = "processes.csv"
    package static let rowMeaning = "a sample, of which one is taken each second, × process of the run that lived then"

    package var key: RunKey
    /// When, from the run's first sending.
    package var atSeconds: Double
    /// What it is for.
    package var role: String
    /// Its name in the run.
    package var name: String
    /// Resident memory.
    package var memoryBytes: UInt64
    /// Open file descriptors.
    package var fileDescriptors: Int
    /// Threads.
    package var threads: Int

    /// A row of the given values.
    package init(
        key: RunKey, atSeconds: Double, role: String, name: String, memoryBytes: UInt64, fileDescriptors: Int,
        threads: Int
    ) {
        self.key = key
        self.atSeconds = atSeconds
        self.role = role
        self.name = name
        self.memoryBytes = memoryBytes
        self.fileDescriptors = fileDescriptors
        self.threads = threads
    }

    package static let attributes: [CSVAttribute<ProcessRow>] = [
        CSVAttribute("at_s", .seconds, \.atSeconds, "when, from the first sending; before it negative"),
        CSVAttribute(
            "role", .text, \.role,
            "`worker`, `monitor`, `load`, `sink`, `redis` (the master; only one that fibq started) or `conductor`"),
        CSVAttribute(
            "process", .text, \.name, "its name in the run; one that was started in the place of another has a new one"),
        CSVAttribute("memory_bytes", .bytes, \.memoryBytes, "resident memory"),
        CSVAttribute("file_descriptors", .count, \.fileDescriptors, "open file descriptors"),
        CSVAttribute("threads", .count, \.threads, "threads"),
    ]
}

import Foundation

/// What a process holds at one moment: what grows in one that leaks.
package struct ProcessFootprint: Sendable, Equatable {
    /// Resident memory, in bytes.
    package var memoryBytes: UInt64
    /// Open file descriptors.
    package var fileDescriptors: Int
    /// Threads.
    package var threads: Int

    /// A footprint of the given values.
    package init(memoryBytes: UInt64, fileDescriptors: Int, threads: Int) {
        self.memoryBytes = memoryBytes
        self.fileDescriptors = fileDescriptors
        self.threads = threads
    }

    /// That of a process of this user, from `/proc/<pid>/status` and `/proc/<pid>/fd`.
    ///
    /// - Throws: ``AccountingError`` when there is no such process, also one that has ended and was not reaped yet.
    package static func of(process: Int32) throws(AccountingError) -> ProcessFootprint {
        let path = "/proc/\(process)/status"
        let status = try ProcessSample.text(of: path)
        guard let memory = number("VmRSS:", in: status), let threads = number("Threads:", in: status) else {
            throw .malformed(path: path, text: status)
        }
        return ProcessFootprint(
            memoryBytes: memory * 1024, fileDescriptors: try count(of: "/proc/\(process)/fd"), threads: Int(threads))
    }

    /// The number after a name in a `status` file.
    static func number(_ name: String, in status: String) -> UInt64? {
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { UInt64($0) }
    }

    private static func count(of folder: String) throws(AccountingError) -> Int {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).count
        } catch {
            throw .system(.last("opendir", folder))
        }
    }
}

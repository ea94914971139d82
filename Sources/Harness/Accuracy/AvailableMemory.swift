import Reporting

/// How much memory a computation may take.
enum AvailableMemory {
    /// The machine's memory in bytes, or what its control group allows if that is less.
    static func bytes() throws(HarnessError) -> Int {
        do throws(ReportingError) {
            let host = try HostFacts.collect()
            return Int(clamping: min(host.memoryBytes, host.cgroup.memoryBytes ?? .max))
        } catch {
            throw .run("\(error)")
        }
    }
}

import Glibc

/// Which monotonic clock a process reads: processes of one host share it, unless a time namespace sets theirs apart
/// (time_namespaces(7)).
package struct ClockIdentity: Sendable, Equatable, Codable {
    /// The kernel's own name for its present boot, and the time namespace in it.
    private let text: String

    /// The clock of that boot in that namespace.
    package init(boot: String, timeNamespace: String) { text = "\(boot) \(timeNamespace)" }

    /// This process' own; `nil` where the kernel does not say, so that nothing can be taken for the same.
    package static func current() -> ClockIdentity? {
        guard let boot = try? FileDescriptor.text(of: "/proc/sys/kernel/random/boot_id") else { return nil }
        var name = [CChar](repeating: 0, count: 64)
        let length = unsafe readlink("/proc/self/ns/time", &name, name.count)
        // A kernel without such namespaces has one clock.
        let namespace = length > 0 ? name[..<length].map { String(UnicodeScalar(UInt8(bitPattern: $0))) }.joined() : ""
        return ClockIdentity(boot: String(boot.prefix { !$0.isNewline }), timeNamespace: namespace)
    }
}

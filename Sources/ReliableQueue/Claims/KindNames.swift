import Glibc

/// The names of the kinds that a connection has met, so that a task's kind costs a comparison and not a string.
final class KindNames {
    private(set) var names: [String] = []
    private var bytes: [[UInt8]] = []
    private var last = 0

    /// The index of the kind of this name.
    func index(of name: RawSpan) -> Int {
        if last < bytes.count, Self.matches(bytes[last], name) { return last }
        last = bytes.firstIndex { Self.matches($0, name) } ?? add(name)
        return last
    }

    private func add(_ name: RawSpan) -> Int {
        let copy = unsafe name.withUnsafeBytes { unsafe [UInt8]($0) }
        bytes.append(copy)
        names.append(String(decoding: copy, as: UTF8.self))
        return names.count - 1
    }

    private static func matches(_ known: [UInt8], _ name: RawSpan) -> Bool {
        guard known.count == name.byteCount else { return false }
        return unsafe name.withUnsafeBytes { name in
            unsafe known.withUnsafeBytes { known in unsafe memcmp(known.baseAddress!, name.baseAddress!, known.count) == 0 }
        }
    }
}

import Glibc

/// The names of the kinds that a connection has met, so that a task's kind costs a comparison and not a string.
final class KindNames {
    // Unchecked, since they are looked at for every task, by one thread: a check would take longer than the look.
    @exclusivity(unchecked) private var names: [String] = []
    @exclusivity(unchecked) private var bytes: [[UInt8]] = []
    @exclusivity(unchecked) private var last = 0

    /// The name of a kind.
    subscript(kind: Int) -> String { unsafe names[kind] }

    /// The index of the kind of this name.
    func index(of name: RawSpan) -> Int {
        if unsafe last < bytes.count, unsafe Self.matches(bytes[last], name) { return unsafe last }
        unsafe last = unsafe bytes.firstIndex { Self.matches($0, name) } ?? add(name)
        return unsafe last
    }

    private func add(_ name: RawSpan) -> Int {
        let copy = unsafe name.withUnsafeBytes { unsafe [UInt8]($0) }
        unsafe bytes.append(copy)
        unsafe names.append(String(decoding: copy, as: UTF8.self))
        return unsafe names.count - 1
    }

    private static func matches(_ known: [UInt8], _ name: RawSpan) -> Bool {
        guard known.count == name.byteCount else { return false }
        return unsafe name.withUnsafeBytes { name in
            guard let start = name.baseAddress else { return true }
            return unsafe memcmp(known, start, known.count) == 0
        }
    }
}

import Glibc

/// Finds programs the way a shell does.
package enum ExecutableSearch {
    /// The path of `name`: itself when it holds a slash, else the first executable of that name on the PATH.
    package static func path(of name: String) throws(ProcessError) -> String {
        if name.contains("/") { return name }
        for folder in folders where unsafe access("\(folder)/\(name)", X_OK) == 0 {
            return "\(folder)/\(name)"
        }
        throw .notFound(name: name)
    }

    /// The path of the running program itself.
    package static var current: String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress,
                case let count = unsafe readlink("/proc/self/exe", start, buffer.count),
                count > 0
            else { return CommandLine.arguments[0] }
            return unsafe String(decoding: UnsafeRawBufferPointer(buffer)[..<count], as: UTF8.self)
        }
    }

    private static var folders: [Substring] {
        let variable = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        // Debian keeps daemons' folders off an ordinary user's PATH.
        return variable.split(separator: ":") + ["/usr/sbin", "/usr/bin"]
    }
}

import Foundation
import Glibc
import Measurement

/// Where output goes, found out before there is any.
package enum OutputTarget: Sendable, Equatable {
    /// What the program was started with.
    case standardOutput
    /// Something that is no regular file, such as a device or a named pipe: it is written to, never replaced.
    case stream(path: String)
    /// A file that is there or will be, its symbolic links followed.
    case file(path: String)

    /// What `path` names; `nil` stands for standard output.
    ///
    /// - Throws: ``ReportingError/unfit(path:reason:)`` for an empty path, a folder, or a file in no folder.
    package init(_ path: String?) throws(ReportingError) {
        guard let path else {
            self = .standardOutput
            return
        }
        guard !path.isEmpty else { throw .unfit(path: "\"\"", reason: "an empty name is no file's") }
        let target = try Self.followed(path)
        switch Self.kind(of: target) {
        case nil:
            let folder = (target as NSString).deletingLastPathComponent
            guard Self.kind(of: folder.isEmpty ? "." : folder) == S_IFDIR else {
                throw .unfit(path: path, reason: "there is no folder for it")
            }
            self = .file(path: target)
        case S_IFREG: self = .file(path: target)
        case S_IFDIR: throw .unfit(path: path, reason: "it is a folder: name a file")
        default: self = .stream(path: target)
        }
    }

    /// The name of a file that is not whole yet; `nil` where there is no such thing.
    package var partialPath: String? {
        if case .file(let path) = self { OutputFile.partialName(of: path) } else { nil }
    }

    /// Opens it.
    func open() throws(ReportingError) -> OutputFile {
        switch self {
        case .file(let path): return try OutputFile(path: path)
        case .standardOutput:
            return OutputFile(
                stream: try ReportingError.translating { () throws(SystemCallFailure) in
                    try FileDescriptor(duplicating: STDOUT_FILENO, path: "standard output")
                })
        case .stream(let path):
            return OutputFile(
                stream: try ReportingError.translating { () throws(SystemCallFailure) in
                    try FileDescriptor(opening: path, flags: O_WRONLY)
                })
        }
    }

    /// The file's type as `stat` tells it; `nil` where there is none.
    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// The path that a symbolic link leads to, whether or not something is there.
    private static func followed(_ path: String) throws(ReportingError) -> String {
        var path = path
        for _ in 0..<40 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return path }
            // A magic link of /proc, such as /dev/stdout may lead to, names no path that could be opened by it.
            guard kind(of: path).map({ $0 == S_IFREG || $0 == S_IFDIR }) ?? true else { return path }
            path =
                next.hasPrefix("/")
                ? next
                : ((path as NSString).deletingLastPathComponent as NSString)
                    .appendingPathComponent(next)
        }
        throw .unfit(path: path, reason: "its symbolic links lead nowhere")
    }
}

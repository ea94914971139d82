import Foundation
import Glibc

/// A folder of one's own for a unix socket, in the folder for temporary files.
package enum SocketFolder {
    /// Makes one, which only this user may enter. A socket's path may have 107 bytes; where the folder for temporary files
    /// lies too deep, it is in `/tmp`.
    ///
    /// - Parameter name: how the folder's name begins.
    package static func make(_ name: String) throws(ProcessError) -> String {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        let base = parent.utf8.count > 70 ? "/tmp" : parent
        var template = Array("\(base)/\(name)-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw .noFolder(in: base, code: errno) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

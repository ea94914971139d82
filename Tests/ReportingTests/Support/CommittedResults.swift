import Foundation

/// The results that are in the repository.
enum CommittedResults {
    /// Their folder.
    static let folder: URL = {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appending(path: "results")
    }()

    /// The files of that name in any folder of a run or a study, which is one with a manifest.
    static func files(named name: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        let manifests = names.filter { ($0 as NSString).lastPathComponent == "manifest.json" }
        let folders = manifests.map {
            folder.appending(path: ($0 as NSString).deletingLastPathComponent).path
        }
        return folders.map { "\($0)/\(name)" }.filter { FileManager.default.fileExists(atPath: $0) }
    }
}

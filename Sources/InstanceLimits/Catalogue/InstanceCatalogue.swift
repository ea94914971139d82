/// The instance types that are known: those that come with the program, and those that a user adds.
package struct InstanceCatalogue: Sendable {
    /// In the order of their files; one of a later file stands in for one of the same name.
    package private(set) var types: [InstanceType]

    /// The catalogue that comes with the program.
    package static let builtIn: InstanceCatalogue = {
        do throws(CatalogueError) {
            return try InstanceCatalogue(
                yaml: String(decoding: PackageResources.catalogue_yaml, as: UTF8.self), file: "catalogue.yaml")
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    /// Adds the types of another, which stand in for those of the same name.
    package mutating func add(_ other: InstanceCatalogue) {
        for type in other.types {
            if let known = types.firstIndex(where: { $0.name == type.name }) {
                types[known] = type
            } else {
                types.append(type)
            }
        }
    }

    /// The type of that name.
    ///
    /// - Throws: ``CatalogueError/unknown(name:known:)``.
    package subscript(name: String) -> InstanceType {
        get throws(CatalogueError) {
            guard let type = types.first(where: { $0.name == name }) else {
                throw .unknown(name: name, known: types.map(\.name))
            }
            return type
        }
    }

    init(_ types: [InstanceType]) { self.types = types }
}

/// Why a type, or a file of types, was refused. Each description is one line that says what to do.
package enum CatalogueError: Error, Equatable, CustomStringConvertible {
    /// No type of that name.
    case unknown(name: String, known: [String])
    /// A file that is no catalogue.
    case invalid(file: String, line: Int?, problem: String)

    /// What is wrong.
    package var description: String {
        switch self {
        case .unknown(let name, let known):
            "unknown instance type \(name.debugDescription); known: \(known.joined(separator: ", "))"
        case .invalid(let file, let line, let problem):
            "\(file)\(line.map { ":\($0)" } ?? ""): \(problem)"
        }
    }
}

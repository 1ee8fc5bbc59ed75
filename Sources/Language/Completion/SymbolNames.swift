/// Characters that keyboards lack, by the names TeX gives them: `\alpha` becomes `α`.
public enum SymbolNames {
  /// The characters by their names.
  public static let all: [String: String] = {
    var table = letters.merging(signs) { first, _ in first }
    for (index, digit) in "0123456789".enumerated() {
      table["_\(digit)"] = String(Array("₀₁₂₃₄₅₆₇₈₉")[index])
      table["^\(digit)"] = String(Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[index])
    }
    return table
  }()

  private static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "varkappa": "ϰ", "lambda": "λ",
    "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ",
    "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Alpha": "Α", "Beta": "Β", "Gamma": "Γ", "Delta": "Δ", "Epsilon": "Ε",
    "Zeta": "Ζ", "Eta": "Η", "Theta": "Θ", "Iota": "Ι", "Kappa": "Κ", "Lambda": "Λ", "Mu": "Μ", "Nu": "Ν",
    "Xi": "Ξ", "Omicron": "Ο", "Pi": "Π", "Rho": "Ρ", "Sigma": "Σ", "Tau": "Τ", "Upsilon": "Υ", "Phi": "Φ",
    "Chi": "Χ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "hbar": "ħ", "imath": "ı", "jmath": "ȷ", "Re": "ℜ",
    "Im": "ℑ", "wp": "℘", "aleph": "ℵ", "bbR": "ℝ", "bbN": "ℕ", "bbZ": "ℤ", "bbQ": "ℚ", "bbC": "ℂ",
    "bbE": "𝔼", "bbP": "ℙ", "scrL": "ℒ", "scrH": "ℋ", "scrN": "𝒩", "scrD": "𝒟", "scrU": "𝒰", "AA": "Å",
    "aa": "å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "ss": "ß", "eth": "ð",
    "thorn": "þ", "_a": "ₐ", "_e": "ₑ", "_h": "ₕ", "_i": "ᵢ", "_j": "ⱼ", "_k": "ₖ", "_l": "ₗ", "_m": "ₘ",
    "_n": "ₙ", "_o": "ₒ", "_p": "ₚ", "_r": "ᵣ", "_s": "ₛ", "_t": "ₜ", "_u": "ᵤ", "_v": "ᵥ", "_x": "ₓ",
    "^a": "ᵃ", "^b": "ᵇ", "^c": "ᶜ", "^d": "ᵈ", "^e": "ᵉ", "^i": "ⁱ", "^j": "ʲ", "^k": "ᵏ", "^m": "ᵐ",
    "^n": "ⁿ", "^t": "ᵗ", "^T": "ᵀ", "^x": "ˣ", "^+": "⁺", "^-": "⁻", "hat": "\u{302}", "tilde": "\u{303}",
    "bar": "\u{304}", "dot": "\u{307}", "ddot": "\u{308}", "vec": "\u{20d7}", "acute": "\u{301}",
    "grave": "\u{300}", "check": "\u{30c}",
  ]

  private static let signs: [String: String] = [
    "nabla": "∇", "partial": "∂", "approx": "≈", "infty": "∞", "sum": "∑", "prod": "∏", "int": "∫",
    "sqrt": "√", "pm": "±", "mp": "∓", "times": "×", "cdot": "⋅", "div": "÷", "le": "≤", "leq": "≤",
    "ge": "≥",
    "geq": "≥", "ne": "≠", "neq": "≠", "equiv": "≡", "sim": "∼", "simeq": "≃", "propto": "∝", "ll": "≪",
    "gg": "≫", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "cup": "∪",
    "cap": "∩", "emptyset": "∅", "forall": "∀", "exists": "∃", "neg": "¬", "wedge": "∧", "vee": "∨",
    "oplus": "⊕", "otimes": "⊗", "odot": "⊙", "circ": "∘", "bullet": "•", "star": "⋆", "dagger": "†",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "uparrow": "↑", "downarrow": "↓", "leftrightarrow": "↔",
    "Rightarrow": "⇒", "Leftarrow": "⇐", "mapsto": "↦", "langle": "⟨", "rangle": "⟩", "lVert": "‖",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "dots": "…", "ldots": "…", "cdots": "⋯",
    "prime": "′", "degree": "°", "celsius": "℃", "ohm": "Ω", "perthousand": "‰", "euro": "€", "pounds": "£",
    "yen": "¥", "copyright": "©", "checkmark": "✓", "top": "⊤", "bot": "⊥", "perp": "⊥", "parallel": "∥",
    "angle": "∠", "triangle": "△", "square": "□", "quad": "\u{2003}", "endash": "–", "emdash": "—",
  ]
}

extension SymbolNames {
  /// The symbols whose names start with the backslash and letters before the cursor; nil without any.
  ///
  /// A name that is complete is that symbol, even when longer names start with it.
  static func completion(of bytes: [UInt8], at cursor: Int) -> Completion? {
    var start = cursor
    while start > 0, isNameByte(bytes[start - 1]) { start -= 1 }
    guard start > 0, bytes[start - 1] == UInt8(ascii: "\\") else { return nil }
    let name = String(decoding: bytes[start..<cursor], as: UTF8.self)
    let range = (start - 1)..<cursor
    if let symbol = all[name] { return Completion(range: range, candidates: [.init(symbol)]) }
    let names = all.keys.filter { $0.hasPrefix(name) }.sorted()
    guard let first = names.first else { return nil }
    guard names.count > 1 else { return Completion(range: range, candidates: [.init(all[first] ?? first)]) }
    return Completion(
      range: range,
      candidates: names.map { .init("\\" + $0, label: "\\\($0) \(all[$0] ?? "")") })
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "+"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

map({id: .login, text: .bio})

"""What `./toiya check` looks at; each check returns its findings, one line each, none when all is well."""

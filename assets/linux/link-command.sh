
# The command line, unless somebody has a `moltbot` of their own there.
if [ ! -e /usr/bin/moltbot ] && [ ! -L /usr/bin/moltbot ]; then
    ln -s '/opt/${sanitizedProductName}/resources/moltbot' /usr/bin/moltbot
fi

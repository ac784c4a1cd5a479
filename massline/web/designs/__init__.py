"""Eight looks for posters, window signs, stickers, banners and share pictures, set by one template."""
